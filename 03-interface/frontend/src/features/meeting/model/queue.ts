/** Edits on their way to the gateway: what can go together, and what says the same as a later one. */
import { segmentsOf } from "./touching";
import type { Pending } from "./types";

export const MOST_OPERATIONS = 500;
const MOST_CHARACTERS = 500_000;

/**
 * How many of the first edits make one request.
 *
 * A segment that a split makes gets its id from the answer, so nothing that names it goes along; a
 * restored revision goes alone; what an undo would have to restore begins a revision of its own.
 */
export function nextBatch(pending: readonly Pending[]): number {
  const created = new Set<number>();
  let characters = 0;
  for (const [place, edit] of pending.entries()) {
    const { operation } = edit;
    characters += operation.op === "edit_text" ? operation.text.length : 0;
    const alone = operation.op === "restore" || edit.boundary;
    const behindRestore = pending[place - 1]?.operation.op === "restore";
    const full = place === MOST_OPERATIONS || characters > MOST_CHARACTERS;
    const early = segmentsOf(edit).some((id) => created.has(id));
    if (place > 0 && (alone || behindRestore || full || early)) {
      return place;
    }
    if (edit.creates !== undefined) created.add(edit.creates);
  }
  return pending.length;
}

/** The queue with one more edit; a text that the last waiting edit wrote in the same place gives way. */
export function enqueue(pending: readonly Pending[], sent: number, edit: Pending): readonly Pending[] {
  const last = pending.at(-1);
  const replaces =
    pending.length > sent &&
    last?.operation.op === "edit_text" &&
    edit.operation.op === "edit_text" &&
    last.operation.segment === edit.operation.segment &&
    last.step === edit.step;
  if (!replaces) {
    return [...pending, edit];
  }
  return [...pending.slice(0, -1), last.boundary ? { ...edit, boundary: true } : edit];
}

/** The queue without a step whose edits all wait at its end; null where some are on their way or elsewhere. */
export function withoutStep(
  pending: readonly Pending[],
  sent: number,
  step: number,
): readonly Pending[] | null {
  const first = pending.findIndex((edit) => edit.step === step);
  const waits = first >= sent && pending.slice(first).every((edit) => edit.step === step);
  return first >= 0 && waits ? pending.slice(0, first) : null;
}
