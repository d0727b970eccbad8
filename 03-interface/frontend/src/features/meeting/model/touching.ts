/** Which segments and speakers an edit is about. */
import type { Contents, Edit, Segment } from "./types";

export function segmentsOf({ operation, creates }: Edit): number[] {
  const created = creates === undefined ? [] : [creates];
  if (operation.op === "merge_segments") {
    return [operation.segment, operation.next];
  }
  return "segment" in operation ? [operation.segment, ...created] : created;
}

export function speakersOf({ operation }: Edit): string[] {
  if (operation.op === "merge_speakers") {
    return [operation.speaker, operation.into];
  }
  return "speaker" in operation && operation.speaker !== null ? [operation.speaker] : [];
}

export interface Touched {
  readonly segments: ReadonlySet<number>;
  readonly speakers: ReadonlySet<string>;
}

/** What is different between two contents: segments that came, went or changed, speakers that did or speak there. */
export function changesBetween(before: Contents, after: Contents): Touched {
  const segments = new Set<number>();
  const speakers = new Set<string>();
  const old = new Map(before.segments.map((segment) => [segment.id, segment]));
  for (const segment of after.segments) {
    if (!readsTheSame(old.get(segment.id), segment)) {
      segments.add(segment.id);
      if (segment.speaker !== null) speakers.add(segment.speaker);
    }
    old.delete(segment.id);
  }
  old.forEach((_, id) => segments.add(id));
  const names = new Map(before.speakers.map((speaker) => [speaker.id, speaker.name]));
  for (const { id, name } of after.speakers) {
    if (!names.has(id) || names.get(id) !== name) speakers.add(id);
    names.delete(id);
  }
  names.forEach((_, id) => speakers.add(id));
  return { segments, speakers };
}

/** Whether a reader sees no difference; times and confidence of words may differ. */
export function readsTheSame(one: Segment | undefined, other: Segment | undefined): boolean {
  return (
    one === other ||
    (one !== undefined &&
      other !== undefined &&
      one.text === other.text &&
      one.speaker === other.speaker &&
      String(one.flags) === String(other.flags))
  );
}

export function touches(edits: readonly Edit[], { segments, speakers }: Touched): boolean {
  return edits.some(
    (edit) =>
      segmentsOf(edit).some((id) => segments.has(id)) || speakersOf(edit).some((id) => speakers.has(id)),
  );
}
