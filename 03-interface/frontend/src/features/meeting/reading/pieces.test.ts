import { describe, expect, test } from "vitest";

import type { Word } from "../model/types";
import { pieces } from "./pieces";

const words = (...texts: string[]): Word[] =>
  texts.map((text, place) => ({ text, start: place, end: place + 1, confidence: 1, speaker: null }));

const textOf = (text: string, ...spoken: string[]) =>
  pieces({ text, words: words(...spoken) })
    .map((piece) => piece.text)
    .join("");

describe("pieces", () => {
  test("each word is a piece, and the spaces between them are", () => {
    expect(pieces({ text: "Good morning all.", words: words("Good", "morning", "all.") })).toEqual([
      { text: "Good", word: 0 },
      { text: " ", word: null },
      { text: "morning", word: 1 },
      { text: " ", word: null },
      { text: "all.", word: 2 },
    ]);
  });

  test("a word that an edit took out has no piece, and those after it keep their places", () => {
    const found = pieces({ text: "Good all.", words: words("Good", "morning", "all.") });
    expect(found.filter(({ word }) => word !== null)).toEqual([
      { text: "Good", word: 0 },
      { text: "all.", word: 2 },
    ]);
  });

  test("punctuation that the words do not have stays in the text", () => {
    expect(textOf("“Good”, she said!", "Good", "she", "said")).toBe("“Good”, she said!");
  });

  test("a word that occurs twice is found twice", () => {
    const found = pieces({ text: "no no", words: words("no", "no") });
    expect(found.map(({ word }) => word)).toEqual([0, null, 1]);
  });

  test("a text without words is one piece", () => {
    expect(pieces({ text: "Typed by hand", words: [] })).toEqual([{ text: "Typed by hand", word: null }]);
  });

  test("an empty text has none", () => {
    expect(pieces({ text: "", words: [] })).toEqual([]);
  });
});
