import { expect, test } from "vitest";

import { hasAudio, headlineOf, stagesOf } from "./stages";

test("stages that took their time are done, one is running, the others come", () => {
  const stages = stagesOf({ stage: "diarise", timings: { convert: 1.5 } });
  expect(stages.map(({ state }) => state)).toEqual(["done", "now", "next", "next", "next"]);
  expect(stages[0]?.seconds).toBe(1.5);
});

test("what comes before the running stage is done, whether or not its time is known yet", () => {
  expect(stagesOf({ stage: "transcribe", timings: {} }).map(({ state }) => state)).toEqual([
    "done",
    "done",
    "now",
    "next",
    "next",
  ]);
});

test("the recording can be heard as soon as it is converted", () => {
  expect(hasAudio({ revision: null, stage: "convert", timings: {} })).toBe(false);
  expect(hasAudio({ revision: null, stage: "diarise", timings: {} })).toBe(true);
  expect(hasAudio({ revision: null, stage: null, timings: { convert: 2 } })).toBe(true);
  expect(hasAudio({ revision: 1, stage: null, timings: {} })).toBe(true);
});

test.each([
  [{ status: "UPLOADING", stage: null, revision: null }, "uploading"],
  [{ status: "PENDING", stage: null, revision: null }, "pending"],
  [{ status: "PENDING", stage: "waiting", revision: null }, "waiting"],
  [{ status: "PROCESSING", stage: "convert", revision: null }, "running"],
  [{ status: "PROCESSING", stage: "convert", revision: 3 }, "again"],
] as const)("%o is told as %s", (meeting, headline) => {
  expect(headlineOf(meeting)).toBe(headline);
});
