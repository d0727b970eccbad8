import { expect, test } from "vitest";

import { dayOf, relatively } from "./moments";

const NOW = new Date("2026-11-21T12:00:00Z");

test.each([
  ["2026-11-21T11:59:30Z", "now"],
  ["2026-11-21T11:59:00Z", "1 minute ago"],
  ["2026-11-21T09:00:00Z", "3 hours ago"],
  ["2026-11-20T12:00:00Z", "yesterday"],
  ["2026-11-23T12:00:00Z", "in 2 days"],
  ["2026-09-20T12:00:00Z", "2 months ago"],
  ["2024-11-21T12:00:00Z", "2 years ago"],
])("%s is said as %s", (at, said) => {
  expect(relatively("en", at, NOW)).toBe(said);
});

test("another language says it in its own words", () => {
  expect(relatively("fr", "2026-11-20T12:00:00Z", NOW)).toBe("hier");
  expect(dayOf("fr", "2026-11-21T12:00:00Z")).toBe("21 novembre 2026");
});
