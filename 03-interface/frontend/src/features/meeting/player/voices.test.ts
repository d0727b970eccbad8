import { describe, expect, test } from "vitest";

import { voices } from "./voices";

describe("voices", () => {
  test("runs of one speaker are one stretch, silence belongs to nobody", () => {
    const turns = [
      { start: 0, end: 4, speaker: "a" },
      { start: 4, end: 5, speaker: "a" },
      { start: 7, end: 10, speaker: "b" },
    ];
    expect(voices(turns, 10, 10)).toEqual([
      { from: 0, to: 0.5, speaker: "a" },
      { from: 0.5, to: 0.7, speaker: null },
      { from: 0.7, to: 1, speaker: "b" },
    ]);
  });

  test("a column belongs to whoever speaks longest in it", () => {
    const turns = [
      { start: 0, end: 3, speaker: "a" },
      { start: 3, end: 10, speaker: "b" },
    ];
    expect(voices(turns, 10, 1)).toEqual([{ from: 0, to: 1, speaker: "b" }]);
  });

  test("speech beyond the end of the recording stays within it", () => {
    expect(voices([{ start: 9, end: 12, speaker: "a" }], 10, 2).at(-1)).toEqual({
      from: 0.5,
      to: 1,
      speaker: "a",
    });
  });
});
