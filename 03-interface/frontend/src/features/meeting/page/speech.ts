/** Who speaks how much. */
import type { Segment } from "../model/types";

export interface Share {
  /** Null: nobody in particular. */
  speaker: string | null;
  seconds: number;
  /** Of all speech, 0-1. */
  part: number;
  turns: number;
  words: number;
}

/** One share a speaker, the most talkative first; what could not be written down counts for nobody. */
export function sharesOf(segments: readonly Segment[]): Share[] {
  const found = new Map<string | null, Omit<Share, "part">>();
  let before: string | null | undefined;
  for (const { speaker, start, end, words, text } of segments) {
    if (text === "") {
      continue;
    }
    const share = found.get(speaker) ?? { speaker, seconds: 0, turns: 0, words: 0 };
    share.seconds += end - start;
    share.turns += speaker === before ? 0 : 1;
    share.words += words.length || text.split(" ").length;
    found.set(speaker, share);
    before = speaker;
  }
  const all = [...found.values()];
  const total = all.reduce((sum, { seconds }) => sum + seconds, 0);
  return all
    .map((share) => ({ ...share, part: total > 0 ? share.seconds / total : 0 }))
    .sort((a, b) => b.seconds - a.seconds);
}
