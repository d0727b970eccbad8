import { describe, expect, test } from "vitest";

import { said } from "../model/fixtures";
import { findAll, replacedAt, type Sought } from "./find";

const plain: Sought = { find: "", wholeWords: false, matchCase: false, speaker: null };

function found(text: string, sought: Partial<Sought>): string[] {
  return findAll([said(1, text)], { ...plain, ...sought }).map(({ start, end }) => text.slice(start, end));
}

describe("find", () => {
  test("finds every occurrence, whatever its case", () => {
    expect(found("The other one, THE end", { find: "the" })).toEqual(["The", "the", "THE"]);
  });

  test("finds whole words only, or the very case, where that is asked for", () => {
    expect(found("The other one, the end", { find: "the", wholeWords: true })).toEqual(["The", "the"]);
    expect(found("The other one, the end", { find: "the", matchCase: true })).toEqual(["the", "the"]);
  });

  test("stands for itself: neither a pattern nor without its accents", () => {
    expect(found("a.c abc", { find: "a.c" })).toEqual(["a.c"]);
    expect(found("ete été", { find: "ÉTÉ" })).toEqual(["été"]);
  });

  test("does not overlap, as a replacement would not", () => {
    expect(found("aaaa", { find: "aa" })).toHaveLength(2);
  });

  test("knows letters that are two in another case", () => {
    expect(found("Die Straße hier", { find: "STRASSE" })).toEqual(["Straße"]);
    expect(found("Die Straße hier", { find: "hier" })).toEqual(["hier"]);
  });

  test("counts letters outside the first plane as they are in the text", () => {
    expect(found("😀 good 😀", { find: "good", wholeWords: true })).toEqual(["good"]);
  });

  test("looks only at what one speaker says, if asked", () => {
    const segments = [said(1, "yes", "S1"), said(2, "yes", "S2")];
    const hits = findAll(segments, { ...plain, find: "yes", speaker: "S2" });
    expect(hits).toEqual([{ segment: 2, start: 0, end: 3 }]);
  });

  test("finds nothing for nothing", () => {
    expect(found("anything", { find: "  " })).toEqual([]);
  });

  test("replaces one of them, and leaves no two spaces behind", () => {
    const segment = said(1, "graph anna is up");
    const [hit] = findAll([segment], { ...plain, find: "graph anna" });
    if (!hit) throw new Error("not found");
    expect(replacedAt(segment, hit, "Grafana")).toBe("Grafana is up");
    expect(replacedAt(segment, hit, "")).toBe("is up");
  });
});
