/** How speakers are called. */
import type { Speaker } from "../model/types";

export function nameOf(speaker: Speaker): string {
  return speaker.name ?? speaker.label;
}

/** An id for somebody new; the gateway wants letters, digits, dots and dashes. */
export function newSpeakerId(speakers: readonly Speaker[]): string {
  const taken = new Set(speakers.map(({ id }) => id));
  let id: string;
  do {
    id = `p-${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? "0"}`;
  } while (taken.has(id));
  return id;
}
