import { describe, expect, test } from "vitest";

import { contentsOf, said } from "./fixtures";
import { Names } from "./names";

describe("names", () => {
  test("a segment keeps the id that it got on the page", () => {
    const names = new Names();
    const ours = names.fresh();
    names.adopt(
      contentsOf(said(1, "a")),
      [1, 7],
      [{ operation: { op: "split_segment", segment: 1, at: 1 }, creates: ours }],
    );
    expect(names.theirs(ours)).toBe(7);
    expect(names.localise([said(1, "a"), said(7, "b")]).map(({ id }) => id)).toEqual([1, ours]);
    expect(names.outgoing({ op: "merge_segments", segment: 1, next: ours })).toEqual({
      op: "merge_segments",
      segment: 1,
      next: 7,
    });
  });

  test("new segments are told apart by the order in which they were split off", () => {
    const names = new Names();
    const [one, two] = [names.fresh(), names.fresh()];
    const split = { op: "split_segment", segment: 1, at: 1 } as const;
    names.adopt(
      contentsOf(said(1, "a")),
      [9, 1, 8],
      [
        { operation: split, creates: one },
        { operation: split, creates: two },
      ],
    );
    expect([names.theirs(one), names.theirs(two)]).toEqual([8, 9]);
  });

  test("a segment that comes back from history while another has its id gets one of its own", () => {
    const names = new Names();
    names.bind(60, 12);
    const [back, there] = names.localise([said(12, "old"), said(60, "new")]);
    expect(there?.id).toBe(12);
    expect(back?.id).toBeLessThan(0);
    expect(names.theirs(back?.id ?? 0)).toBe(12);
  });

  test("and its old one where the other is gone", () => {
    const names = new Names();
    names.bind(60, 12);
    expect(names.localise([said(12, "old")]).map(({ id }) => id)).toEqual([12]);
    expect(names.theirs(12)).toBe(12);
  });

  test("no id is given twice, not even after a reload", () => {
    const names = new Names();
    names.bind(60, -5);
    names.reserve(-7);
    expect(names.fresh()).toBe(-8);
  });
});
