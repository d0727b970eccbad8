/** A segment's text cut where its words begin and end, so that each can be heard and marked. */
import type { Segment } from "../model/types";

export interface Piece {
  text: string;
  /** The place in the segment's words; null: what stands between words. */
  word: number | null;
}

/**
 * The pieces make up the text exactly. A word that the text does not have (an edit may leave it different)
 * has no piece; the text in its place belongs to none.
 */
export function pieces({ text, words }: Pick<Segment, "text" | "words">): Piece[] {
  const found: Piece[] = [];
  let read = 0;
  words.forEach((word, index) => {
    const at = word.text === "" ? -1 : text.indexOf(word.text, read);
    if (at === -1) {
      return;
    }
    if (at > read) {
      found.push({ text: text.slice(read, at), word: null });
    }
    read = at + word.text.length;
    found.push({ text: word.text, word: index });
  });
  if (read < text.length) {
    found.push({ text: text.slice(read), word: null });
  }
  return found;
}
