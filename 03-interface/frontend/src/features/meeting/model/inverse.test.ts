import { describe, expect, test } from "vitest";

import { apply } from "./apply";
import { contentsOf, said } from "./fixtures";
import { inverse } from "./inverse";
import { readAlike } from "./answers";
import type { Edit, Operation } from "./types";

const before = contentsOf(
  { ...said(1, "good morning all"), flags: ["low_confidence"] },
  said(2, "shall we begin", "S2"),
  said(3, "yes"),
);

describe("inverse", () => {
  test.each<[string, Operation[]]>([
    ["an edited text", [{ op: "edit_text", segment: 1, text: "hello" }]],
    ["a split", [{ op: "split_segment", segment: 1, at: 2 }]],
    ["a merge of two speakers' segments", [{ op: "merge_segments", segment: 1, next: 2 }]],
    ["a reassigned segment", [{ op: "set_speaker", segment: 3, speaker: "S2" }]],
    ["a name", [{ op: "rename_speaker", speaker: "S1", name: "Ada" }]],
    ["a review", [{ op: "review", segment: 1, reviewed: true }]],
    [
      "somebody new with a segment",
      [
        { op: "add_speaker", speaker: "ada", name: "Ada" },
        { op: "set_speaker", segment: 1, speaker: "ada" },
      ],
    ],
    [
      "several at once",
      [
        { op: "split_segment", segment: 1, at: 1 },
        { op: "edit_text", segment: 1, text: "Good" },
        { op: "set_speaker", segment: 2, speaker: "S1" },
      ],
    ],
  ])("takes back %s", (_, operations) => {
    const edits = operations.map((operation): Edit => ({ operation, creates: -1 }));
    const undoing = inverse(before, edits);
    expect(undoing).not.toBeNull();
    const restored = apply(apply(before, edits), undoing ?? []);
    expect(readAlike(restored, before)).toBe(true);
    expect(restored.segments.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test("merged speakers are two again, each with their segments", () => {
    const edits: Edit[] = [{ operation: { op: "merge_speakers", speaker: "S2", into: "S1" } }];
    const restored = apply(apply(before, edits), inverse(before, edits) ?? []);
    expect(restored.segments.map(({ speaker }) => speaker)).toEqual(["S1", "S2", "S1"]);
    expect(restored.speakers.map(({ name, label }) => name ?? label)).toEqual(["Speaker S1", "Speaker S2"]);
  });

  test.each<[string, Operation]>([
    ["a deleted segment", { op: "delete_segment", segment: 1 }],
    ["an emptied one", { op: "edit_text", segment: 1, text: " " }],
  ])("knows none for %s: only the revision before has it", (_, operation) => {
    expect(inverse(before, [{ operation }])).toBeNull();
  });

  test("knows none for words written where none were, for that would delete the segment", () => {
    const gap = contentsOf({ ...said(1, ""), flags: ["not_transcribed"] });
    expect(inverse(gap, [{ operation: { op: "edit_text", segment: 1, text: "hello" } }])).toBeNull();
  });
});
