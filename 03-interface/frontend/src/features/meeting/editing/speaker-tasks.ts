/** What is to be done about speakers, as operations. */
import type { Operation, Segment, Speaker } from "../model/types";
import { newSpeakerId } from "./speaker-names";

/** A speaker of the list by id, somebody new by name, or nobody known. */
export type Whom = { readonly id: string } | { readonly name: string } | null;

/** Say who speaks these segments; somebody new joins the speakers first. */
export function assigning(
  segments: readonly Segment[],
  whom: Whom,
  speakers: readonly Speaker[],
): Operation[] {
  const added: Operation[] = [];
  let speaker: string | null = null;
  if (whom && "id" in whom) {
    speaker = whom.id;
  } else if (whom) {
    speaker = newSpeakerId(speakers);
    added.push({ op: "add_speaker", speaker, name: whom.name });
  }
  const said = segments
    .filter((segment) => segment.speaker !== speaker)
    .map((segment): Operation => ({ op: "set_speaker", segment: segment.id, speaker }));
  return [...added, ...said];
}

/** From one segment on, all that the same speaker (or nobody known) says. */
export function onwards(segments: readonly Segment[], from: Segment): Segment[] {
  const place = segments.findIndex(({ id }) => id === from.id);
  return segments.slice(Math.max(0, place)).filter(({ speaker }) => speaker === from.speaker);
}
