import { expect, test } from "vitest";

import { asked, type Filters } from "./use-filters";

const NONE: Filters = { about: "", actor: "", from: "", to: "" };

test("no filter asks for everything", () => {
  expect(asked(NONE)).toEqual({});
});

test("a subject asks for all its acts", () => {
  expect(asked({ ...NONE, about: "keys", actor: "7" })).toEqual({
    action: ["key_created", "key_revoked"],
    actor_id: "7",
  });
});

test("both days are whole, where the reader lives", () => {
  const { since = "", until = "" } = asked({ ...NONE, from: "2026-11-20", to: "2026-11-21" });
  expect(new Date(since)).toEqual(new Date(2026, 10, 20));
  expect(new Date(until)).toEqual(new Date(2026, 10, 22));
});
