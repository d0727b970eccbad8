/** One open transcript: what is on the screen, what can be undone, and how it stands with saving. */
import { EditRefused } from "./apply";
import { rewrittenIn, written } from "./conflicts";
import type { Replacement, TranscriptGateway, Replaced } from "./gateway";
import { inverse } from "./inverse";
import { Saver } from "./saver";
import { stepBetween } from "./steps";
import { type Step, UndoHistory } from "./undo";
import type { Conflict, Edit, Operation, SaveState, Segment, Speaker, TranscriptDocument } from "./types";
import type { Kept, Vault } from "./vault";
import { oneLine } from "./wording";

export interface TranscriptStoreOptions {
  readonly meetingId: string;
  readonly document: TranscriptDocument;
  readonly gateway: TranscriptGateway;
  readonly vault: Vault;
  readonly kept?: Kept;
}

export class TranscriptStore {
  readonly meetingId: string;
  /** When edits were made that an earlier page had left unsaved and that are here again; else null. */
  readonly resumed: number | null;

  #saver: Saver;
  #history = new UndoHistory();
  #listeners = new Set<() => void>();
  #nextStep = 1;
  #holders = 0;
  #closed = false;
  #gateway: TranscriptGateway;

  constructor({ meetingId, document, gateway, vault, kept }: TranscriptStoreOptions) {
    this.meetingId = meetingId;
    this.resumed = kept?.at ?? null;
    this.#gateway = gateway;
    this.#nextStep = Math.max(0, ...(kept?.pending ?? []).map(({ step }) => step)) + 1;
    this.#saver = new Saver({
      document,
      gateway,
      vault,
      ...(kept ? { kept } : {}),
      onChange: () => this.#listeners.forEach((listener) => listener()),
      onForeign: (changed) => this.#history.forget(changed),
      onSending: (id, revision) => {
        const step = this.#history.find(id);
        if (step) step.revision ??= revision;
      },
    });
  }

  get segments(): readonly Segment[] {
    return this.#saver.contents.segments;
  }

  get speakers(): readonly Speaker[] {
    return this.#saver.contents.speakers;
  }

  /** The revision that the gateway confirmed last. */
  get revision(): number {
    return this.#saver.revision;
  }

  get saving(): SaveState {
    return this.#saver.state;
  }

  /** Whether something would have to be kept in the browser if the page ended now. */
  get unsaved(): boolean {
    return this.#saver.unsaved;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get conflicts(): readonly Conflict[] {
    return this.#saver.conflicts;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The id of a segment in links and in what the gateway answers; undefined until it is saved. */
  gatewayId(id: number): number | undefined {
    return this.#saver.names.theirs(id);
  }

  /** The segment that the gateway calls so. */
  byGatewayId(id: number): Segment | undefined {
    return this.segments.find((segment) => this.gatewayId(segment.id) === id);
  }

  /**
   * Do this at once; it is saved by itself. The operations are one step of undo, and those of one
   * `session` at one text are one together. Answers the ids of the segments that splits made; null: the
   * transcript has changed so that it does not fit any more, and nothing was done.
   */
  edit(operations: readonly Operation[], session: string | null = null): readonly number[] | null {
    const edits = operations.map((operation): Edit => {
      return operation.op === "split_segment"
        ? { operation, creates: this.#saver.names.fresh() }
        : { operation };
    });
    return fits(() => this.#do(edits, session)) ? edits.flatMap(({ creates }) => creates ?? []) : null;
  }

  /** Write a text in the place of the one that was seen. Should that read differently by now, both are kept. */
  write(seen: Segment, text: string, session: string): void {
    if (oneLine(text) === oneLine(seen.text)) {
      return;
    }
    const known = rewrittenIn(this.conflicts, seen.id, text);
    if (known) {
      this.#saver.setConflicts(known);
      return;
    }
    const now = this.segments.find((segment) => segment.id === seen.id);
    const edited = now?.text === seen.text && this.edit([textOf(seen.id, text)], session);
    if (!edited) {
      this.#saver.setConflicts([...this.conflicts, written(seen, text, now)]);
    }
  }

  undo(): void {
    const step = this.#history.undo();
    if (step) this.#takeBack(step);
  }

  redo(): void {
    this.#history.redo((step) => {
      const again = { ...step, id: this.#nextStep++, before: this.#saver.contents, revision: null };
      return fits(() => this.#saver.add(again.forward, again.id, again.inverse === null)) ? again : null;
    });
    this.#tell();
  }

  /** Take back what a sitting did, as if it had never been. */
  abandon(session: string): void {
    if (this.#history.last?.session === session) {
      const step = this.#history.undo(true);
      if (step) this.#takeBack(step);
    }
  }

  /** End a conflict with these edits, none: as it is now. It stays where they do not fit. */
  resolve(conflict: Conflict, edits: readonly Edit[]): boolean {
    const done = edits.length === 0 || fits(() => this.#do(edits, null));
    if (done) {
      this.#saver.setConflicts(this.conflicts.filter(({ id }) => id !== conflict.id));
    }
    return done;
  }

  /** What a replacement would do, to the transcript as it is here. Throws Problem. */
  async findAll(wanted: Replacement): Promise<Replaced> {
    const act = (seen: number) => this.#gateway.replace(seen, wanted, true);
    return (await this.#saver.exclusively(act)).answer;
  }

  async replaceAll(wanted: Replacement): Promise<Replaced> {
    return this.#asStep((seen) => this.#gateway.replace(seen, wanted, false));
  }

  async restore(revision: number): Promise<void> {
    await this.#asStep((seen) => this.#gateway.restore(seen, revision));
  }

  /** The meeting is at this revision: whatever others have made of it comes in. */
  follow(revision: number): void {
    this.#saver.follow(revision);
  }

  /** Save now what waits, or try again. `leaving`: the page is going. */
  flush(leaving = false): void {
    this.#saver.flush(leaving);
  }

  /** Give up what the gateway refuses. */
  discard(): void {
    this.#history = new UndoHistory();
    this.#saver.discard();
  }

  /** What is unsaved, for another page to go on with. */
  kept(): Kept {
    return this.#saver.kept();
  }

  /**
   * Somebody shows the transcript; returns how to end that. When nobody does and all is saved, the store is
   * closed and `onClosed` is told.
   */
  hold(onClosed: () => void): () => void {
    this.#holders += 1;
    return () => {
      this.#holders -= 1;
      this.flush();
      const closeIfIdle = () => {
        if (this.#holders === 0 && this.unsaved) return;
        unsubscribe();
        if (this.#holders === 0 && !this.#closed) {
          this.close();
          onClosed();
        }
      };
      const unsubscribe = this.subscribe(closeIfIdle);
      setTimeout(closeIfIdle); // not at once: another component may be about to show it
    };
  }

  close(): void {
    this.#closed = true;
    this.#saver.close();
  }

  #do(edits: readonly Edit[], session: string | null): void {
    const { last } = this.#history;
    const before = this.#saver.contents;
    const undoing = inverse(before, edits);
    const goesOn = session !== null && last?.session === session && undoing !== null && last.inverse !== null;
    const id = goesOn ? last.id : this.#nextStep++;
    this.#saver.add(edits, id, undoing === null);
    if (goesOn) {
      this.#history.extendLast(edits);
    } else {
      this.#history.did({ id, session, forward: edits, inverse: undoing, before, revision: null });
    }
    this.#tell();
  }

  #takeBack(step: Step): void {
    if (step.revision !== null || !this.#saver.retract(step.id)) {
      const edits = step.inverse ?? restoring(step);
      if (edits.length > 0) fits(() => this.#saver.add(edits, this.#nextStep++, false));
    }
    this.#tell();
  }

  async #asStep<T extends Replaced | Awaited<ReturnType<TranscriptGateway["restore"]>>>(
    act: (seen: number) => Promise<T>,
  ): Promise<T> {
    const { answer, before, after, seen } = await this.#saver.exclusively(act);
    if (answer.revision !== seen) {
      this.#history.did(stepBetween(this.#nextStep++, before, after, seen));
      this.#tell();
    }
    return answer;
  }

  #tell(): void {
    this.#listeners.forEach((listener) => listener());
  }
}

export function textOf(segment: number, text: string): Operation {
  return { op: "edit_text", segment, text };
}

/** Whether the edits that are made fit the transcript as it is. */
function fits(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if (error instanceof EditRefused) return false;
    throw error;
  }
}

function restoring(step: Step): readonly Edit[] {
  return step.revision === null
    ? []
    : [{ operation: { op: "restore", revision: step.revision, contents: step.before } }];
}
