/** Where nobody speaks for longer than a second, so that playback can pass over it. */
import { lastAtMost } from "./bisect";

interface Span {
  start: number;
  end: number;
}

interface Spoken extends Span {
  words: readonly Span[];
}

const SHORTEST_S = 1;
/** Left of a silence on either side, so that a breath is heard and no first consonant is lost. */
const MARGIN_S = 0.25;

export class Silences {
  private constructor(
    private readonly starts: Float64Array,
    private readonly ends: Float64Array,
  ) {}

  /** `segments` sorted by start, within a recording of `duration` seconds. */
  static between(segments: readonly Spoken[], duration: number): Silences {
    const found: Span[] = [];
    let heard = 0;
    const hear = ({ start, end }: Span) => {
      if (start - heard > SHORTEST_S) {
        found.push({ start: heard, end: start });
      }
      heard = Math.max(heard, end);
    };
    for (const segment of segments) {
      if (segment.words.length > 0) {
        segment.words.forEach(hear);
      } else {
        hear(segment);
      }
    }
    hear({ start: duration, end: duration });
    return new Silences(
      Float64Array.from(found, ({ start }) => start + MARGIN_S),
      Float64Array.from(found, ({ end }) => end - MARGIN_S),
    );
  }

  get count(): number {
    return this.starts.length;
  }

  /** Where to go on from a second within a silence; undefined where somebody speaks. */
  passed(time: number): number | undefined {
    const index = lastAtMost(this.starts.length, (place) => this.starts[place] ?? Infinity, time);
    const end = this.ends[index];
    return end !== undefined && time < end ? end : undefined;
  }
}
