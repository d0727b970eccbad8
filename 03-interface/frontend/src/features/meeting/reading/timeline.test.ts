import { describe, expect, test } from "vitest";

import type { Segment } from "../model/types";
import { Timeline } from "./timeline";

function segment(id: number, start: number, end: number, ...starts: number[]): Segment {
  return {
    id,
    start,
    end,
    speaker: null,
    text: "",
    language: null,
    flags: [],
    words: starts.map((from, place) => ({
      start: from,
      end: starts[place + 1] ?? end,
      text: "word",
      confidence: 1,
      speaker: null,
    })),
  };
}

describe("the timeline", () => {
  const timeline = new Timeline([segment(1, 1, 4, 1, 2, 3), segment(2, 6, 8, 6, 7)]);

  test("finds the segment and the word of a second", () => {
    expect(timeline.at(2.5)).toEqual({ segment: 0, word: 1 });
    expect(timeline.at(6)).toEqual({ segment: 1, word: 0 });
  });

  test("knows nothing before the first segment", () => {
    expect(timeline.at(0.5)).toEqual({ segment: -1, word: -1 });
  });

  test("keeps the last segment in a pause, but marks no word for long", () => {
    expect(timeline.at(4.3)).toEqual({ segment: 0, word: 2 });
    expect(timeline.at(5.5)).toEqual({ segment: 0, word: -1 });
  });

  test("goes back to who speaks on after an interruption", () => {
    const crossing = new Timeline([segment(1, 0, 10, 0, 5), segment(2, 2, 3, 2), segment(3, 12, 13, 12)]);
    expect(crossing.at(2.5)).toEqual({ segment: 1, word: 0 });
    expect(crossing.at(6)).toEqual({ segment: 0, word: 1 });
  });

  test("has no place in an empty transcript", () => {
    expect(new Timeline([]).at(3)).toEqual({ segment: -1, word: -1 });
  });
});
