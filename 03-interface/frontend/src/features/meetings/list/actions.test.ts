import { expect, test } from "vitest";

import type { Meeting } from "@/api/meetings";
import { Problem } from "@/api/problem";

import { canCancel, canRetry, doToEach } from "./actions";

function meeting(change: Partial<Meeting>): Meeting {
  return { id: "1", status: "COMPLETED", warnings: [], ...change } as Meeting;
}

test("one that fails does not keep the others from being changed", async () => {
  const meetings = ["1", "2", "3", "4", "5", "6"].map((id) => meeting({ id }));
  const outcome = await doToEach(meetings, (one) =>
    one.id === "2"
      ? Promise.reject(new Problem(403, { code: "ROLE_TOO_SMALL", message: "" }))
      : Promise.resolve(one),
  );
  expect(outcome.changed.map(({ id }) => id).sort()).toEqual(["1", "3", "4", "5", "6"]);
  expect(outcome.problems.map(({ code }) => code)).toEqual(["ROLE_TOO_SMALL"]);
});

test.each([
  [{ status: "FAILED" }, true],
  [{ status: "CANCELLED" }, true],
  [{ status: "COMPLETED" }, false],
  [{ status: "COMPLETED", warnings: [{ code: "DIARISATION_FAILED", message: "" }] }, true],
] as const)("%o can be retried: %s", (change, expected) => {
  expect(canRetry(meeting(change as Partial<Meeting>))).toBe(expected);
});

test("only what waits or is processed can be cancelled", () => {
  expect(canCancel(meeting({ status: "PROCESSING" }))).toBe(true);
  expect(canCancel(meeting({ status: "FAILED" }))).toBe(false);
});
