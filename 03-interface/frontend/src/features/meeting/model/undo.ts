/** The steps that can be undone and done again. */
import { type Touched, touches } from "./touching";
import type { Contents, Edit } from "./types";

export interface Step {
  readonly id: number;
  /** Edits of one sitting at one segment are one step. */
  readonly session: string | null;
  readonly forward: readonly Edit[];
  /** Null: only the revision before brings back what was there. */
  readonly inverse: readonly Edit[] | null;
  readonly before: Contents;
  /** The revision before the step, once it has been sent. */
  revision: number | null;
}

const MOST_STEPS = 500;

export class UndoHistory {
  #past: Step[] = [];
  #future: Step[] = [];

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  get last(): Step | undefined {
    return this.#past.at(-1);
  }

  find(id: number): Step | undefined {
    return this.#past.find((step) => step.id === id);
  }

  did(step: Step): void {
    this.#past = [...this.#past.slice(1 - MOST_STEPS), step];
    this.#future = [];
  }

  /** The last step went on: `forward` is now what it did in all. */
  extendLast(forward: readonly Edit[]): void {
    const last = this.#past.pop();
    if (last) {
      this.did({ ...last, forward });
    }
  }

  /** The step to undo, which can be done again afterwards unless `forgotten`. */
  undo(forgotten = false): Step | undefined {
    const step = this.#past.pop();
    if (step && !forgotten) {
      this.#future.push(step);
    }
    return step;
  }

  /** The step to do again; it is done under what the caller makes of it. */
  redo(again: (step: Step) => Step | null): void {
    const step = this.#future.pop();
    const done = step && again(step);
    if (done) {
      this.#past.push(done);
    }
  }

  /** Somebody else changed this: what would undo their work with it, or restores what was before, is no step any more. */
  forget(changed: Touched): void {
    const stays = (step: Step) =>
      step.inverse !== null && !touches([...step.forward, ...step.inverse], changed);
    this.#past = this.#past.filter(stays);
    this.#future = this.#future.filter(stays);
  }
}
