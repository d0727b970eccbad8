import { expect, test } from "vitest";

import type { Member } from "../data/members";
import { isLastOwner, possibleRoles } from "./standing";

function member(user_id: string, change: Partial<Member> = {}): Member {
  return {
    user_id,
    email: `${user_id}@example.org`,
    name: "",
    role: "owner",
    instance_role: "operator",
    active: true,
    since: "2026-11-21T12:00:00Z",
    ...change,
  };
}

test("the only owner is the last one", () => {
  expect(isLastOwner([member("ada"), member("bob", { role: "editor" })], "ada")).toBe(true);
});

test("one of two owners is not", () => {
  expect(isLastOwner([member("ada"), member("bob")], "ada")).toBe(false);
});

test.each([{ active: false }, { instance_role: "viewer" as const }])(
  "an owner who is %o manages nothing and does not count",
  (change) => {
    expect(isLastOwner([member("ada"), member("bob", change)], "ada")).toBe(true);
  },
);

test("an editor is never the last owner", () => {
  expect(isLastOwner([member("ada", { role: "editor" })], "ada")).toBe(false);
});

test("an account that only reads can only be made a viewer", () => {
  expect(possibleRoles(member("bob", { instance_role: "viewer", role: "viewer" }))).toEqual(["viewer"]);
});
