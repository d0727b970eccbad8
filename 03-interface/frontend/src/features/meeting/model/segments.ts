/** One segment becomes two, or two become one: the rules of scribe/transcript/editing/segments.py. */
import type { Segment } from "./types";
import { realigned, shares, spelled } from "./words";
import { oneLine, tokensOf } from "./wording";

export function rewritten(segment: Segment, text: string): Segment {
  return { ...segment, text: oneLine(text), words: realigned(segment, text) };
}

/** The segment up to its word `at` and from there on; null where one of the two would have no words. */
export function split(segment: Segment, at: number, newId: number): [Segment, Segment] | null {
  const whole = spelled(segment);
  const tokens = tokensOf(whole.text);
  if (!(at > 0 && at < tokens.length)) {
    return null;
  }
  const first = whole.words.slice(0, at);
  const second = whole.words.slice(at);
  const times = shares(tokens, whole.start, whole.end, 1);
  const ends = first.length ? Math.max(...first.map((word) => word.end)) : (times[at - 1]?.[1] ?? whole.end);
  const starts = second[0]?.start ?? times[at]?.[0] ?? whole.start;
  return [
    { ...whole, end: ends, text: tokens.slice(0, at).join(" "), words: first },
    { ...whole, id: newId, start: starts, text: tokens.slice(at).join(" "), words: second },
  ];
}

/** Both as one, under the id and the speaker of the first; where they overlap, words go by their time. */
export function merged(first: Segment, second: Segment): Segment {
  const said = second.speaker === first.speaker ? second : spokenBy(second, first.speaker);
  const apart = {
    text: [oneLine(first.text), oneLine(said.text)].filter(Boolean).join(" "),
    words: [...first.words, ...said.words],
  };
  return {
    ...first,
    ...(overlap(first, said) ? interleaved(first, said) : apart),
    end: Math.max(first.end, said.end),
    flags: [...new Set([...first.flags, ...said.flags])],
  };
}

/** Whether the second begins to be spoken before the last word of the first does. */
export function overlap(first: Segment, second: Segment): boolean {
  const last = first.words.at(-1);
  const next = second.words[0];
  return last !== undefined && next !== undefined && next.start < last.start;
}

export function spokenBy(segment: Segment, speaker: string | null): Segment {
  return { ...segment, speaker, words: segment.words.map((word) => ({ ...word, speaker })) };
}

function interleaved(first: Segment, second: Segment): Pick<Segment, "text" | "words"> {
  const words = [...spelled(first).words, ...spelled(second).words].sort((a, b) => a.start - b.start);
  return { words, text: words.map((word) => word.text).join(" ") };
}
