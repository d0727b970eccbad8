/** Which passages a person should check, and how far that has come. */
import { REVIEWED } from "../model/apply";
import type { Segment } from "../model/types";

export function isDoubtful({ flags }: Segment): boolean {
  return flags.some((flag) => flag !== REVIEWED);
}

export function isReviewed({ flags }: Segment): boolean {
  return flags.includes(REVIEWED);
}

export interface ReviewProgress {
  readonly reviewed: number;
  /** Those reviewed and those that are still doubtful. */
  readonly total: number;
}

export function reviewProgress(segments: readonly Segment[]): ReviewProgress {
  const doubtful = segments.filter(isDoubtful).length;
  const reviewed = segments.filter((segment) => isReviewed(segment) && !isDoubtful(segment)).length;
  return { reviewed, total: reviewed + doubtful };
}

/** The next doubtful segment behind this one, from the start again behind the last; null: there is none. */
export function nextDoubtful(segments: readonly Segment[], after: number | null): Segment | null {
  const place = after === null ? -1 : segments.findIndex(({ id }) => id === after);
  const around = [...segments.slice(place + 1), ...segments.slice(0, place + 1)];
  return around.find((segment) => isDoubtful(segment) && segment.id !== after) ?? null;
}

/** The segment that is spoken at this second, or the last one before it. */
export function segmentAt(segments: readonly Segment[], seconds: number): Segment | null {
  return segments.findLast(({ start }) => start <= seconds) ?? null;
}
