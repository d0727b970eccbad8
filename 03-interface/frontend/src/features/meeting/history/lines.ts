/** The passages of a difference, in the order of time. */
import { REVIEWED } from "../model/apply";
import type { Difference } from "./revisions";
import type { Piece } from "./word-changes";

export interface Line {
  readonly kind: "added" | "removed" | "changed";
  readonly id: number;
  readonly start: number;
  readonly pieces: readonly Piece[];
  readonly speakers: { readonly before: string | null; readonly after: string | null } | null;
  readonly reviewed: boolean;
  /** Whether other marks than that of a review came or went. */
  readonly flagged: boolean;
}

const PLAIN = { speakers: null, reviewed: false, flagged: false } as const;

export function lines({ added, removed, changed }: Difference): Line[] {
  const all: Line[] = [
    ...removed.map(({ id, start, text }): Line => {
      return { ...PLAIN, kind: "removed", id, start, pieces: [{ kind: "removed", text }] };
    }),
    ...added.map(({ id, start, text }): Line => {
      return { ...PLAIN, kind: "added", id, start, pieces: [{ kind: "added", text }] };
    }),
    ...changed.map(({ before, after, words }): Line => {
      const reviewed = !before.flags.includes(REVIEWED) && after.flags.includes(REVIEWED);
      return {
        kind: "changed",
        id: after.id,
        start: after.start,
        pieces: words.length > 0 ? words : [{ kind: "same", text: after.text }],
        speakers: before.speaker === after.speaker ? null : { before: before.speaker, after: after.speaker },
        reviewed,
        flagged: !reviewed && String(before.flags) !== String(after.flags),
      };
    }),
  ];
  return all.sort((a, b) => a.start - b.start || a.kind.localeCompare(b.kind));
}
