import { describe, expect, test } from "vitest";

import { lines } from "./lines";
import type { Difference } from "./revisions";
import { wordChanges } from "./word-changes";

const NOTHING: Difference = {
  revision: 2,
  against: 1,
  added: [],
  removed: [],
  changed: [],
  speakers_added: [],
  speakers_removed: [],
  speakers_changed: [],
};

const line = (id: number, text: string, flags: string[] = [], speaker = "S1") => {
  return { id, start: id * 10, end: id * 10 + 5, speaker, text, flags };
};

describe("a difference", () => {
  test("is told in the order of time", () => {
    const told = lines({ ...NOTHING, added: [line(3, "c")], removed: [line(1, "a"), line(5, "e")] });
    expect(told.map(({ id, kind }) => [id, kind])).toEqual([
      [1, "removed"],
      [3, "added"],
      [5, "removed"],
    ]);
  });

  test("tells a review, other marks and a new speaker apart", () => {
    const changed = [
      { before: line(1, "a", ["low_confidence"]), after: line(1, "a", ["reviewed"]), words: [] },
      { before: line(2, "b", ["low_confidence"]), after: line(2, "b"), words: [] },
      { before: line(3, "c"), after: line(3, "c", [], "S2"), words: [] },
    ];
    const told = lines({ ...NOTHING, changed });
    expect(told.map(({ reviewed, flagged }) => [reviewed, flagged])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
    expect(told[2]?.speakers).toEqual({ before: "S1", after: "S2" });
  });

  test("of two texts is spelled in words", () => {
    expect(wordChanges("good morning all", "good evening to all")).toEqual([
      { kind: "same", text: "good" },
      { kind: "removed", text: "morning" },
      { kind: "added", text: "evening to" },
      { kind: "same", text: "all" },
    ]);
  });
});
