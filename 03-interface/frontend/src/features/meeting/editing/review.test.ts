import { describe, expect, test } from "vitest";

import { said } from "../model/fixtures";
import { nextDoubtful, reviewProgress, segmentAt } from "./review";

const segments = [
  said(1, "one"),
  { ...said(2, "two"), flags: ["low_confidence"] },
  { ...said(3, "three"), flags: ["reviewed"] },
  { ...said(4, ""), flags: ["not_transcribed"] },
];

describe("review", () => {
  test("goes from one doubtful passage to the next, and round again", () => {
    expect(nextDoubtful(segments, null)?.id).toBe(2);
    expect(nextDoubtful(segments, 2)?.id).toBe(4);
    expect(nextDoubtful(segments, 4)?.id).toBe(2);
  });

  test("does not go to the only one again from itself", () => {
    expect(nextDoubtful(segments.slice(0, 3), 2)).toBeNull();
  });

  test("counts what is checked among all that was doubtful", () => {
    expect(reviewProgress(segments)).toEqual({ reviewed: 1, total: 3 });
  });

  test("knows what is said at a second, also in a pause", () => {
    expect(segmentAt(segments, 25)?.id).toBe(2);
    expect(segmentAt(segments, 5)).toBeNull();
  });
});
