import { describe, expect, test } from "vitest";

import type { Segment } from "../model/types";
import { sharesOf } from "./speech";

function said(speaker: string | null, start: number, end: number, text: string): Segment {
  return { id: start + 1, start, end, speaker, text, language: null, words: [], flags: [] };
}

describe("shares of speech", () => {
  test("count seconds, turns and words, the most talkative first", () => {
    const segments = [
      said("a", 0, 2, "one two"),
      said("b", 2, 8, "one"),
      said("b", 8, 9, "two"),
      said("a", 9, 10, "x"),
    ];
    expect(sharesOf(segments)).toEqual([
      { speaker: "b", seconds: 7, part: 0.7, turns: 1, words: 2 },
      { speaker: "a", seconds: 3, part: 0.3, turns: 2, words: 3 },
    ]);
  });

  test("what nobody in particular says is a share of its own", () => {
    expect(sharesOf([said(null, 0, 1, "hm")])).toEqual([
      { speaker: null, seconds: 1, part: 1, turns: 1, words: 1 },
    ]);
  });

  test("what could not be written down counts for nobody", () => {
    expect(sharesOf([said(null, 0, 1, "")])).toEqual([]);
  });

  test("a transcript without segments has none", () => {
    expect(sharesOf([])).toEqual([]);
  });
});
