/** Give edited text the times of what was said, as scribe/transcript/editing/words.py does it. */
import { matches } from "./alignment";
import type { Segment, Word } from "./types";
import { folded, tokensOf } from "./wording";

const WRITTEN_BY_A_PERSON = 1;

/**
 * The words of the segment as they are when its text is `text`; none where it had none.
 *
 * A word that is still there keeps its time; what took the place of other words shares theirs, in
 * proportion to letters; what is added between two words has the pause between them.
 */
export function realigned(segment: Segment, text: string): readonly Word[] {
  const written = tokensOf(text);
  const spoken = segment.words.flatMap(pieces);
  if (spoken.length === 0) {
    return [];
  }
  const words: Word[] = [];
  let said = 0;
  let done = 0;
  let heardUntil = segment.start;
  for (const match of matches(
    spoken.map((word) => folded(word.text)),
    written.map(folded),
  )) {
    const kept = spoken.slice(match.before, match.before + match.size);
    const limit = kept[0]?.start ?? segment.end;
    const replaced = spoken.slice(said, match.before);
    const [first] = replaced;
    const start = first ? first.start : Math.min(heardUntil, limit);
    const end = first ? Math.max(...replaced.map((word) => word.end)) : limit;
    const speaker = first ? first.speaker : segment.speaker;
    words.push(...spread(written.slice(done, match.after), start, end, limit, speaker));
    kept.forEach((word, place) => words.push(respelled(word, written[match.after + place] ?? word.text)));
    heardUntil = Math.max(heardUntil, ...kept.map((word) => word.end));
    said = match.before + match.size;
    done = match.after + match.size;
  }
  return words;
}

/** The segment with words that read as its text does, which an engine or an old edit may not grant. */
export function spelled(segment: Segment): Segment {
  const tokens = tokensOf(segment.text);
  const agrees =
    tokens.length === segment.words.length &&
    tokens.every((token, place) => segment.words[place]?.text === token);
  return agrees ? segment : { ...segment, words: realigned(segment, segment.text) };
}

/** Where each token begins and ends, in proportion to its letters and as many more. */
export function shares(tokens: readonly string[], start: number, end: number, more = 0): [number, number][] {
  const total = tokens.reduce((sum, token) => sum + token.length + more, 0) || 1;
  let before = 0;
  return tokens.map((token) => {
    const begins = start + ((end - start) * before) / total;
    before += token.length + more;
    return [begins, start + ((end - start) * before) / total];
  });
}

function spread(
  tokens: readonly string[],
  start: number,
  end: number,
  limit: number,
  speaker: string | null,
): Word[] {
  const times = shares(tokens, start, end);
  return tokens.map((text, place) => {
    const [begins, ends] = times[place] ?? [start, end];
    return { start: Math.min(begins, limit), end: ends, text, confidence: WRITTEN_BY_A_PERSON, speaker };
  });
}

function respelled(word: Word, text: string): Word {
  return word.text === text ? word : { ...word, text, confidence: WRITTEN_BY_A_PERSON };
}

/** A word of an engine that holds several tokens, as words of the text. */
function pieces(word: Word): Word[] {
  const tokens = tokensOf(word.text);
  if (tokens.length === 1 && tokens[0] === word.text) {
    return [word];
  }
  const times = shares(tokens, word.start, word.end);
  return tokens.map((text, place) => {
    const [start, end] = times[place] ?? [word.start, word.end];
    return { ...word, text, start, end };
  });
}
