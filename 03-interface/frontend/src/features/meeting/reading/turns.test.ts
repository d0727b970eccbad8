import { describe, expect, test } from "vitest";

import type { Segment } from "../model/types";
import { nextTurnOf, turnAfter, turnBefore } from "./turns";

const segments = ["a", "a", "b", "b", "a"].map((speaker, place): Segment => ({
  id: place + 1,
  start: place,
  end: place + 1,
  speaker,
  text: "",
  language: null,
  words: [],
  flags: [],
}));

describe("turns", () => {
  test("the next turn begins where another one speaks", () => {
    expect(turnAfter(segments, 0)?.id).toBe(3);
    expect(turnAfter(segments, 4)).toBeUndefined();
  });

  test("the previous one is the beginning of this turn, or of the one before from there", () => {
    expect(turnBefore(segments, 3)?.id).toBe(3);
    expect(turnBefore(segments, 2)?.id).toBe(1);
    expect(turnBefore(segments, 0)?.id).toBe(1);
  });

  test("the next turn of a speaker begins again at the start after the last one", () => {
    expect(nextTurnOf(segments, "a", 0)?.id).toBe(5);
    expect(nextTurnOf(segments, "a", 4)?.id).toBe(1);
    expect(nextTurnOf(segments, "c", 0)).toBeUndefined();
  });
});
