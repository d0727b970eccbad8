/** Where the caret goes in the next segment that is edited: set by who ends one editor, taken by the next. */
import type { TranscriptStore } from "../model/store";

interface Wish {
  readonly segment: number;
  readonly at: number;
}

const wishes = new WeakMap<TranscriptStore, Wish>();

export function wishCaret(store: TranscriptStore, segment: number, at: number): void {
  wishes.set(store, { segment, at });
}

/** The wish for this segment. It is forgotten a moment later, and not at once: React may ask twice. */
export function takeCaret(store: TranscriptStore, segment: number): number | null {
  const wish = wishes.get(store);
  setTimeout(() => {
    if (wishes.get(store) === wish) wishes.delete(store);
  });
  return wish?.segment === segment ? wish.at : null;
}
