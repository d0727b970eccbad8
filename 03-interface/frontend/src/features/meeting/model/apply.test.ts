import { describe, expect, test } from "vitest";

import { apply, EditRefused } from "./apply";
import { contentsOf, said, texts } from "./fixtures";
import type { Contents, Edit, Operation } from "./types";

const two = contentsOf(said(1, "good morning all"), said(2, "shall we begin", "S2"));

function after(...operations: Operation[]): Contents {
  return apply(
    two,
    operations.map((operation): Edit => ({ operation, creates: -1 })),
  );
}

describe("apply", () => {
  test("a new text keeps the times of the words that stay", () => {
    const [first] = after({ op: "edit_text", segment: 1, text: " Good  evening all " }).segments;
    expect(first?.text).toBe("Good evening all");
    expect(first?.words.map(({ start }) => start)).toEqual([10, 11, 12]);
    expect(first?.words.map(({ confidence }) => confidence)).toEqual([1, 1, 0.9]);
  });

  test("what nobody touched stays the same object", () => {
    expect(after({ op: "edit_text", segment: 1, text: "x" }).segments[1]).toBe(two.segments[1]);
  });

  test("a text without words takes its segment away", () => {
    expect(texts(after({ op: "edit_text", segment: 1, text: " \t" }))).toEqual(["shall we begin"]);
  });

  test("a split divides text and words, and the second part begins with its first word", () => {
    const [first, second] = after({ op: "split_segment", segment: 1, at: 1 }).segments;
    expect([first?.text, second?.text]).toEqual(["good", "morning all"]);
    expect(second).toMatchObject({ id: -1, start: 11, end: 20, speaker: "S1" });
    expect(first?.end).toBe(10.8);
  });

  test("a merge keeps the first one's id and speaker, also in its words", () => {
    const [only, ...others] = after({ op: "merge_segments", segment: 1, next: 2 }).segments;
    expect(others).toEqual([]);
    expect(only).toMatchObject({ id: 1, text: "good morning all shall we begin", end: 30 });
    expect(new Set(only?.words.map(({ speaker }) => speaker))).toEqual(new Set(["S1"]));
  });

  test("merged speakers leave one, and all is said by that one", () => {
    const merged = after({ op: "merge_speakers", speaker: "S2", into: "S1" });
    expect(merged.speakers.map(({ id }) => id)).toEqual(["S1"]);
    expect(merged.segments.map(({ speaker }) => speaker)).toEqual(["S1", "S1"]);
  });

  test("a review takes the doubts away, and its opposite only the mark of the review", () => {
    const flagged = after({ op: "set_flags", segment: 1, flags: ["low_confidence", "low_confidence"] });
    expect(flagged.segments[0]?.flags).toEqual(["low_confidence"]);
    const checked = apply(flagged, [{ operation: { op: "review", segment: 1, reviewed: true } }]);
    expect(checked.segments[0]?.flags).toEqual(["reviewed"]);
    const again = apply(checked, [{ operation: { op: "review", segment: 1, reviewed: false } }]);
    expect(again.segments[0]?.flags).toEqual([]);
  });

  test.each<[string, Operation]>([
    ["SEGMENT_NOT_FOUND", { op: "edit_text", segment: 9, text: "x" }],
    ["SPEAKER_NOT_FOUND", { op: "set_speaker", segment: 1, speaker: "S9" }],
    ["SPEAKER_EXISTS", { op: "add_speaker", speaker: "S1", name: "Ada" }],
    ["SPLIT_IMPOSSIBLE", { op: "split_segment", segment: 1, at: 3 }],
    ["SEGMENTS_NOT_ADJACENT", { op: "merge_segments", segment: 2, next: 1 }],
    ["SEGMENT_TOO_LONG", { op: "edit_text", segment: 1, text: "x".repeat(20_001) }],
  ])("refuses with %s, and nothing is changed", (code, operation) => {
    const before = structuredClone(two);
    expect(() => after({ op: "edit_text", segment: 2, text: "y" }, operation)).toThrow(
      new EditRefused(code as EditRefused["code"]),
    );
    expect(two).toEqual(before);
  });
});
