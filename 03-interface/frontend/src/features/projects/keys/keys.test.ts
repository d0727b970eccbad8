import { expect, test } from "vitest";

import { example } from "./examples";
import { expiresAt, firstDay, stateOf } from "./expiry";

const NOW = new Date("2026-11-21T12:00:00Z");

test("a key ends after so many days, or never", () => {
  expect(expiresAt("30", "", NOW)).toBe("2026-12-21T12:00:00.000Z");
  expect(expiresAt("never", "", NOW)).toBeNull();
});

test("a key that ends on a day is good until that day's end, where its maker lives", () => {
  const end = new Date(expiresAt("date", "2026-12-01", NOW) ?? "");
  expect([end.getFullYear(), end.getMonth(), end.getDate(), end.getHours()]).toEqual([2026, 11, 1, 23]);
});

test("the first day is today", () => {
  const today = [NOW.getFullYear(), NOW.getMonth() + 1, NOW.getDate()].map((part) =>
    String(part).padStart(2, "0"),
  );
  expect(firstDay(NOW)).toBe(today.join("-"));
});

test.each([
  [{ revoked_at: null, expires_at: null }, "good"],
  [{ revoked_at: null, expires_at: "2026-11-21T11:59:59Z" }, "expired"],
  [{ revoked_at: null, expires_at: "2026-11-21T12:00:01Z" }, "good"],
  [{ revoked_at: "2026-11-20T12:00:00Z", expires_at: "2026-11-19T12:00:00Z" }, "revoked"],
] as const)("a key with %o is %s", (key, state) => {
  expect(stateOf(key, NOW)).toBe(state);
});

test.each(["curl", "python", "shell"] as const)(
  "the %s example has the server's address and the key",
  (kind) => {
    const text = example(kind, "http://scribe.example", "sms_secret");
    expect(text).toContain("http://scribe.example/");
    expect(text).toContain("sms_secret");
  },
);
