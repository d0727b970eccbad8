/** End a conflict: which edits put a version in the place of what is there now. */
import type { Conflict, Contents, Edit, Segment, Version } from "./types";
import { oneLine } from "./wording";

/** Edits that make the place read as `text`, and as mine was spoken where it is one segment on both sides. */
export function resolution(conflict: Conflict, contents: Contents, text: string): readonly Edit[] {
  const there = conflict.theirs.filter(({ id }) => contents.segments.some((segment) => segment.id === id));
  const [first, ...rest] = there;
  if (!first) {
    return besideNearest(conflict, contents, text);
  }
  const written: Edit[] = [{ operation: { op: "edit_text", segment: first.id, text } }];
  return [
    ...(oneLine(text) === "" ? written : [...written, ...speakerOf(conflict.mine, first, contents)]),
    ...rest.map(({ id }): Edit => ({ operation: { op: "delete_segment", segment: id } })),
  ];
}

/** Edits for what I had made of it, one segment after another where both sides have as many. */
export function keepMine(conflict: Conflict, contents: Contents): readonly Edit[] {
  const pairs = conflict.theirs.map((theirs, place) => [theirs, conflict.mine[place]] as const);
  if (conflict.mine.length !== conflict.theirs.length) {
    return resolution(conflict, contents, wordingOf(conflict.mine));
  }
  return pairs.flatMap(([theirs, mine]) =>
    mine ? resolution({ id: conflict.id, mine: [mine], theirs: [theirs] }, contents, mine.text) : [],
  );
}

export function wordingOf(versions: readonly Version[]): string {
  return versions.map(({ text }) => text).join(" ");
}

/** Their side is gone: the words go to the segment that is closest in time, before or behind its own. */
function besideNearest(conflict: Conflict, contents: Contents, text: string): Edit[] {
  const start = conflict.mine[0]?.start ?? 0;
  const nearest = nearestTo(start, contents.segments);
  if (!nearest || oneLine(text) === "") {
    return [];
  }
  const both = nearest.start <= start ? [nearest.text, text] : [text, nearest.text];
  return [{ operation: { op: "edit_text", segment: nearest.id, text: both.join(" ") } }];
}

function nearestTo(time: number, segments: readonly Segment[]): Segment | undefined {
  const distance = ({ start, end }: Segment) => Math.max(start - time, time - end, 0);
  return segments.reduce<Segment | undefined>(
    (best, segment) => (!best || distance(segment) <= distance(best) ? segment : best),
    undefined,
  );
}

function speakerOf(mine: readonly Version[], there: Version, contents: Contents): Edit[] {
  const [only, ...others] = mine;
  const now = contents.segments.find((segment) => segment.id === there.id);
  const known = only && contents.speakers.some((speaker) => speaker.id === only.speaker);
  if (!only || others.length > 0 || !known || now?.speaker === only.speaker) {
    return [];
  }
  return [{ operation: { op: "set_speaker", segment: there.id, speaker: only.speaker } }];
}
