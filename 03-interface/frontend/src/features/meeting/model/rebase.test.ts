import { describe, expect, test } from "vitest";

import { apply } from "./apply";
import { contentsOf, editText, said, texts } from "./fixtures";
import { rebase } from "./rebase";
import type { Operation, Pending } from "./types";

const base = contentsOf(said(1, "one"), said(2, "two words"), said(3, "three"));

function mine(...operations: Operation[]): Pending[] {
  return operations.map((operation) => ({
    operation,
    step: 1,
    ...(operation.op === "split_segment" ? { creates: -1 } : {}),
  }));
}

function rebased(theirs: Operation[], pending: Pending[]) {
  const contents = apply(
    base,
    theirs.map((operation) => ({ operation, creates: 50 })),
  );
  return rebase(base, contents, pending);
}

describe("rebase", () => {
  test("edits of other segments go on top, silently", () => {
    const result = rebased([editText(1, "uno")], mine(editText(3, "tres"), editText(3, "tre")));
    expect(texts(result.contents)).toEqual(["uno", "two words", "tre"]);
    expect(result.conflicts).toEqual([]);
    expect(result.pending).toHaveLength(2);
  });

  test("two texts for one segment are a conflict, and theirs is shown", () => {
    const result = rebased([editText(2, "deux mots")], mine(editText(2, "zwei"), editText(2, "zwei Worte")));
    expect(texts(result.contents)).toEqual(["one", "deux mots", "three"]);
    expect(result.pending).toEqual([]);
    expect(result.conflicts).toMatchObject([
      { mine: [{ id: 2, text: "zwei Worte" }], theirs: [{ id: 2, text: "deux mots" }] },
    ]);
  });

  test("the same text from both is none", () => {
    const result = rebased([editText(2, "same")], mine(editText(2, "same")));
    expect(result.conflicts).toEqual([]);
    expect(texts(result.contents)).toEqual(["one", "same", "three"]);
  });

  test("a text and a speaker of one segment do not contradict each other", () => {
    const result = rebased(
      [{ op: "set_speaker", segment: 2, speaker: "S2" }],
      mine(editText(2, "two more words")),
    );
    expect(result.conflicts).toEqual([]);
    expect(result.contents.segments[1]).toMatchObject({ speaker: "S2", text: "two more words" });
  });

  test("two speakers for one segment do", () => {
    const theirs: Operation[] = [
      { op: "add_speaker", speaker: "ada", name: "Ada" },
      { op: "set_speaker", segment: 2, speaker: "ada" },
    ];
    const result = rebased(theirs, mine({ op: "set_speaker", segment: 2, speaker: "S2" }));
    expect(result.conflicts).toMatchObject([{ mine: [{ speaker: "S2" }], theirs: [{ speaker: "ada" }] }]);
  });

  test("what follows a contradicted split belongs to its conflict, and no word is lost", () => {
    const result = rebased(
      [editText(2, "deux mots")],
      mine({ op: "split_segment", segment: 2, at: 1 }, editText(-1, "worlds")),
    );
    expect(result.conflicts).toMatchObject([
      { mine: [{ text: "two" }, { id: -1, text: "worlds" }], theirs: [{ text: "deux mots" }] },
    ]);
    expect(result.pending).toEqual([]);
  });

  test("a text written over a merge notices that the second part was changed", () => {
    const result = rebased(
      [editText(3, "drei")],
      mine({ op: "merge_segments", segment: 2, next: 3 }, editText(2, "two words and three")),
    );
    expect(result.conflicts).toMatchObject([
      { mine: [{ text: "two words and three" }], theirs: [{ text: "two words drei" }] },
    ]);
    expect(result.pending.map(({ operation }) => operation.op)).toEqual(["merge_segments"]);
  });

  test("a text for a segment that is gone is kept as a conflict", () => {
    const result = rebased([{ op: "delete_segment", segment: 2 }], mine(editText(2, "two more")));
    expect(result.conflicts).toMatchObject([{ mine: [{ text: "two more" }], theirs: [] }]);
  });

  test("a deletion of what somebody has just corrected is a conflict", () => {
    const result = rebased([editText(2, "two good words")], mine({ op: "delete_segment", segment: 2 }));
    expect(result.conflicts).toMatchObject([{ mine: [], theirs: [{ text: "two good words" }] }]);
    expect(texts(result.contents)).toContain("two good words");
  });

  test("a deletion that was taken back becomes a question when somebody else has gone on since", () => {
    const gone = apply(base, [{ operation: { op: "delete_segment", segment: 2 } }]);
    const theirs = apply(gone, [{ operation: editText(3, "drei") }]);
    const restore: Pending = { operation: { op: "restore", revision: 1, contents: base }, step: 1 };
    const result = rebase(gone, theirs, [restore]);
    expect(texts(result.contents)).toEqual(["one", "drei"]);
    expect(result.conflicts).toMatchObject([{ mine: [{ text: "two words" }], theirs: [] }]);
    expect(rebase(gone, gone, [restore]).pending).toEqual([restore]);
  });

  test("marks of segments that are gone are forgotten without a question", () => {
    const result = rebased(
      [{ op: "delete_segment", segment: 2 }],
      mine(
        { op: "review", segment: 2, reviewed: true },
        { op: "rename_speaker", speaker: "S1", name: "Ada" },
      ),
    );
    expect(result.conflicts).toEqual([]);
    expect(result.contents.speakers[0]?.name).toBe("Ada");
  });

  test("a transcription that was made anew counts from 1 again, which are not the same segments", () => {
    const anew = contentsOf({ ...said(1, "one"), start: 500, end: 510, words: [] });
    const result = rebase(base, anew, mine(editText(1, "One.")));
    expect(texts(result.contents)).toEqual(["one"]);
    expect(result.conflicts).toMatchObject([{ mine: [{ text: "One." }], theirs: [] }]);
  });
});
