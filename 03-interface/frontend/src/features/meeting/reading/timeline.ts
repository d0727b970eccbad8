/** Which segment and which word is being said at a second. */
import type { Segment } from "../model/types";
import { lastAtMost } from "../player/bisect";

/** How many segments before the latest one may still be going on: people interrupt one another. */
const MOST_AT_ONCE = 8;
/** How long a word stays marked after its end, so that the mark does not flicker between words. */
const LINGER_S = 0.6;

export interface Spoken {
  /** The place of the segment that is being said, or of the last that was; -1 before the first. */
  segment: number;
  /** The place of the word in it; -1 in a pause. */
  word: number;
}

/** Built once for a list of segments, sorted by start; asking costs two binary searches. */
export class Timeline {
  private readonly starts: Float64Array;

  constructor(readonly segments: readonly Segment[]) {
    this.starts = Float64Array.from(segments, ({ start }) => start);
  }

  at(seconds: number): Spoken {
    const latest = lastAtMost(this.starts.length, (place) => this.starts[place] ?? Infinity, seconds);
    for (let place = latest; place >= 0 && place > latest - MOST_AT_ONCE; place -= 1) {
      const segment = this.segments[place];
      if (segment && seconds < segment.end) {
        return { segment: place, word: wordAt(segment, seconds) };
      }
    }
    const last = this.segments[latest];
    return { segment: latest, word: last ? wordAt(last, seconds) : -1 };
  }
}

function wordAt({ words }: Segment, seconds: number): number {
  const place = lastAtMost(words.length, (index) => words[index]?.start ?? Infinity, seconds);
  const word = words[place];
  return word && seconds < word.end + LINGER_S ? place : -1;
}
