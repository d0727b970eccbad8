/** The colour of a speaker: by place in the meeting's list, so that a new name keeps it. */

const COLOURS = 8;

/** A CSS colour; nobody in particular is grey. */
export function speakerColour(place: number | undefined): string {
  return place === undefined || place < 0 ? "var(--ink-faint)" : `var(--speaker-${(place % COLOURS) + 1})`;
}
