/** A turn: what one speaker says without another in between. */
import type { Segment } from "../model/types";

/** The first segment of the next turn. */
export function turnAfter(segments: readonly Segment[], place: number): Segment | undefined {
  const speaker = segments[place]?.speaker;
  return segments.find((segment, index) => index > place && segment.speaker !== speaker);
}

/** Where this turn began, or the turn before where this is its beginning. */
export function turnBefore(segments: readonly Segment[], place: number): Segment | undefined {
  const began = beginningOf(segments, place);
  return segments[began < place ? began : beginningOf(segments, Math.max(0, place - 1))];
}

/** The first segment of a speaker's next turn after a place; from the start again where there is none. */
export function nextTurnOf(
  segments: readonly Segment[],
  speaker: string | null,
  place: number,
): Segment | undefined {
  const opens = (segment: Segment, index: number) =>
    segment.speaker === speaker && (index === 0 || segments[index - 1]?.speaker !== speaker);
  return segments.find((segment, index) => index > place && opens(segment, index)) ?? segments.find(opens);
}

function beginningOf(segments: readonly Segment[], place: number): number {
  let first = place;
  while (first > 0 && segments[first - 1]?.speaker === segments[place]?.speaker) {
    first -= 1;
  }
  return first;
}
