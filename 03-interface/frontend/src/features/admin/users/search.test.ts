import { expect, test } from "vitest";

import type { User } from "../data/users";
import { found } from "./search";

const ADA: User = {
  id: "1",
  email: "ada@example.org",
  name: "Adélaïde Lovelace",
  role: "admin",
  active: true,
  created_at: "2026-11-21T12:00:00Z",
};
const BOB: User = { ...ADA, id: "2", email: "bob@example.org", name: "" };

test.each(["adelaide", "LOVE ada", "ada@"])("%s finds her", (looked) => {
  expect(found([ADA, BOB], looked)).toEqual([ADA]);
});

test("nothing typed finds everybody", () => {
  expect(found([ADA, BOB], " ")).toEqual([ADA, BOB]);
});
