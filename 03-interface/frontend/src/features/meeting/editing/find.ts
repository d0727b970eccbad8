/** Where a text occurs, by the rules of the gateway's find and replace. */
import type { Segment } from "../model/types";
import { oneLine } from "../model/wording";

export interface Sought {
  readonly find: string;
  readonly wholeWords: boolean;
  readonly matchCase: boolean;
  /** Only in what this speaker says; null: everywhere. */
  readonly speaker: string | null;
}

/** `start` and `end` count UTF-16 units of the segment's text. */
export interface Hit {
  readonly segment: number;
  readonly start: number;
  readonly end: number;
}

export function findAll(segments: readonly Segment[], sought: Sought): Hit[] {
  const seek = seeker(sought);
  return segments
    .filter(({ speaker }) => sought.speaker === null || speaker === sought.speaker)
    .flatMap(({ id, text }) => seek(text).map(([start, end]) => ({ segment: id, start, end })));
}

/** The text of the segment with this one hit replaced. */
export function replacedAt({ text }: Segment, { start, end }: Hit, replacement: string): string {
  return oneLine(text.slice(0, start) + replacement + text.slice(end));
}

type Span = readonly [start: number, end: number];

/** A function that tells each occurrence from left to right, without overlap. */
function seeker({ find, wholeWords, matchCase }: Sought): (text: string) => Span[] {
  const fold = matchCase ? (text: string) => text : casefold;
  const needle = fold(oneLine(find).normalize("NFC"));
  if (needle === "") {
    return () => [];
  }
  return (text) => {
    const searched = fold(text);
    if (!searched.includes(needle)) {
      return [];
    }
    const place = searched.length === text.length ? (index: number) => index : placesIn(text, fold);
    const spans: Span[] = [];
    for (let found = searched.indexOf(needle); found >= 0;) {
      const [start, end] = [place(found), place(found + needle.length)];
      const counts = start !== undefined && end !== undefined && !(wholeWords && !isWhole(text, start, end));
      if (counts) spans.push([start, end]);
      found = searched.indexOf(needle, found + (counts ? needle.length : 1));
    }
    return spans;
  };
}

/** From places in the folded text to places in the text itself; none where a letter folds to several. */
function placesIn(text: string, fold: (text: string) => string): (index: number) => number | undefined {
  const places = new Map<number, number>();
  let [folded, plain] = [0, 0];
  for (const letter of text) {
    places.set(folded, plain);
    folded += fold(letter).length;
    plain += letter.length;
  }
  places.set(folded, plain);
  return (index) => places.get(index);
}

const ENDS_IN_WORD = /[\p{L}\p{M}\p{N}]$/u;
const BEGINS_WITH_WORD = /^[\p{L}\p{M}\p{N}]/u;

/** Whether no letter or digit of the found text goes on outside it. */
function isWhole(text: string, start: number, end: number): boolean {
  const found = text.slice(start, end);
  const cutBefore = ENDS_IN_WORD.test(text.slice(0, start)) && BEGINS_WITH_WORD.test(found);
  const cutBehind = BEGINS_WITH_WORD.test(text.slice(end)) && ENDS_IN_WORD.test(found);
  return !cutBefore && !cutBehind;
}

/** Letters without their case, so that ß is ss and ς is σ. */
function casefold(text: string): string {
  return text.toUpperCase().toLowerCase();
}
