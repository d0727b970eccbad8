import { describe, expect, test } from "vitest";

import { Silences } from "./silences";

const said = (start: number, end: number, words: [number, number][] = []) => ({
  start,
  end,
  words: words.map(([from, to]) => ({ start: from, end: to })),
});

describe("silences", () => {
  test("a pause of more than a second is passed over, up to a breath before the next word", () => {
    const silences = Silences.between(
      [
        said(0, 8, [
          [0, 2],
          [5, 8],
        ]),
      ],
      8,
    );
    expect(silences.count).toBe(1);
    expect(silences.passed(3)).toBe(4.75);
  });

  test("nothing is passed over while somebody speaks or has just spoken", () => {
    const silences = Silences.between([said(0, 2), said(5, 8)], 8);
    expect(silences.passed(1)).toBeUndefined();
    expect(silences.passed(2.1)).toBeUndefined();
    expect(silences.passed(6)).toBeUndefined();
  });

  test("a short pause stays", () => {
    expect(Silences.between([said(0, 2), said(2.9, 4)], 4).count).toBe(0);
  });

  test("silence before the first word and after the last one counts", () => {
    const silences = Silences.between([said(10, 12)], 20);
    expect(silences.passed(1)).toBe(9.75);
    expect(silences.passed(15)).toBe(19.75);
  });

  test("who speaks on beneath an interruption leaves no silence", () => {
    expect(Silences.between([said(0, 10), said(2, 3), said(10.5, 12)], 12).count).toBe(0);
  });

  test("a recording in which nobody speaks is one silence", () => {
    expect(Silences.between([], 60).passed(30)).toBe(59.75);
  });
});
