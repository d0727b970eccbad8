/** Text as the gateway keeps it: tokens between single spaces; the rules of scribe/transcript/wording.py. */

const SPACE = /[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
const CONTROL = /\p{Cc}/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]/gu;

export const LONGEST_TEXT = 20_000;

/** The text cut at white space of any kind, without control characters. */
export function tokensOf(text: string): string[] {
  return text
    .split(SPACE)
    .map((token) => token.replace(CONTROL, ""))
    .filter((token) => token !== "");
}

export function oneLine(text: string): string {
  return tokensOf(text).join(" ");
}

/** What two spellings of a word have in common: neither case nor punctuation. */
export function folded(text: string): string {
  return text.replace(NEITHER_LETTER_NOR_DIGIT, "").toLowerCase() || text;
}

/** Characters as the gateway counts them. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
