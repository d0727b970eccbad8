/** Brings edits to the gateway, whatever lies between: pauses, dead networks, other people, closed pages. */
import { localised, readAlike, reconciled, revised } from "./answers";
import { apply } from "./apply";
import { distinct, refreshed } from "./conflicts";
import type { Revised, TranscriptGateway } from "./gateway";
import { Names } from "./names";
import { Pace } from "./pace";
import { enqueue, nextBatch, withoutStep } from "./queue";
import { rebase, replayed } from "./rebase";
import { isRefused, isStale, saveState } from "./save-state";
import { changesBetween, type Touched } from "./touching";
import type { Conflict, Contents, Edit, Operation, Pending, SaveState, TranscriptDocument } from "./types";
import type { Kept, Vault } from "./vault";

const MOST_RACES = 5;

export interface SaverOptions {
  readonly document: TranscriptDocument;
  readonly gateway: TranscriptGateway;
  readonly vault: Vault;
  /** What a page that is gone left unsaved, of the document's revision. */
  readonly kept?: Kept;
  /** Something that one can see has changed. */
  readonly onChange: () => void;
  /** Somebody else's revision has been taken over. */
  readonly onForeign: (changed: Touched) => void;
  /** A step begins its way to the gateway, from this revision on. */
  readonly onSending: (step: number, revision: number) => void;
}

export class Saver {
  readonly names = new Names();
  contents: Contents;
  conflicts: readonly Conflict[] = [];
  state: SaveState = { state: "saved" };
  revision: number;

  #confirmed: Contents;
  #pending: readonly Pending[] = [];
  #sent = 0;
  #newest = 0;
  #problem: unknown = null;
  #sending = false;
  /** How much of the work that waits or runs has to outlive the page. */
  #leaving = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #pace = new Pace((now) => this.#work(now));

  constructor(private readonly options: SaverOptions) {
    const { document, kept } = options;
    kept?.names.forEach(([theirs, ours]) => this.names.bind(theirs, ours));
    this.#confirmed = localised(document, this.names);
    this.contents = this.#confirmed;
    this.revision = document.revision;
    if (kept) {
      this.#pending = kept.pending;
      this.#sent = kept.sent;
      this.conflicts = kept.conflicts;
      kept.pending.forEach((edit) => edit.creates && this.names.reserve(edit.creates));
      this.contents = replayed(this.contents, kept.pending);
      this.#newest = Infinity;
      this.#tell();
    }
  }

  get unsaved(): boolean {
    return this.#pending.length > 0 || this.conflicts.length > 0;
  }

  /** Make the edits here and now; they are saved after a pause. Throws EditRefused, and changes nothing. */
  add(edits: readonly Edit[], step: number, boundary: boolean): void {
    this.contents = apply(this.contents, edits);
    const first = this.#pending.length === this.#sent;
    edits.forEach((edit, place) => {
      const pending = { ...edit, step, ...(boundary && place === 0 ? { boundary: true as const } : {}) };
      this.#pending = enqueue(this.#pending, this.#sent, pending);
    });
    this.#changed();
    this.#pace.edited(first);
  }

  /** Take a step back that is still here, as if it had never been; false where some of it may have arrived. */
  retract(step: number): boolean {
    const rest = withoutStep(this.#pending, this.#sent, step);
    if (rest === null) {
      return false;
    }
    this.#pending = rest;
    this.#show(replayed(this.#confirmed, rest));
    return true;
  }

  setConflicts(conflicts: readonly Conflict[]): void {
    this.conflicts = conflicts;
    this.#changed();
  }

  /** There is a revision as new as this one; it is taken over unless it is one's own. */
  follow(revision: number): void {
    if (revision > this.revision) {
      this.#newest = Math.max(this.#newest, revision);
      this.#work();
    }
  }

  /** Send now what waits. `leaving`: the page is going, so requests have to outlive it. */
  flush(leaving = false): void {
    this.#work(true, leaving);
  }

  /** Forget what the gateway does not take, and show what it has. */
  discard(): void {
    this.#pending = [];
    this.#sent = 0;
    this.#problem = null;
    this.#newest = Infinity;
    this.#show(this.#confirmed);
    this.#work();
  }

  /** Save everything, then do this, which makes a revision of its own. Throws Problem. */
  exclusively<T extends Revised>(
    act: (seen: number) => Promise<T>,
  ): Promise<{ answer: T; before: Contents; after: Contents; seen: number }> {
    return this.#inTurn(async () => {
      for (let race = 0; ; race += 1) {
        await this.#drain(() => true).catch((error: unknown) => {
          this.#work(true);
          throw error;
        });
        const [seen, before] = [this.revision, this.#confirmed];
        try {
          const answer = await act(seen);
          this.#take(answer, []);
          return { answer, before, after: this.#confirmed, seen };
        } catch (error) {
          if (!isStale(error) || race === MOST_RACES) throw error;
          await this.#catchUp();
        }
      }
    });
  }

  close(): void {
    this.#pace.stop();
    this.options.vault.close();
  }

  #work(now = false, leaving = false): void {
    if (leaving) this.#leaving += 1;
    void this.#inTurn(async () => {
      try {
        if (this.#newest > this.revision) {
          await this.#catchUp();
        }
        await this.#drain(() => now || this.#pace.isDue);
        this.#problem = null;
        this.#pace.succeeded();
        if (this.#pending.length > 0) this.#pace.whenDue();
      } catch (error) {
        this.#problem = error;
        this.#pace.failed(error);
      }
      if (leaving) this.#leaving -= 1;
      this.#tell();
    });
  }

  async #drain(due: () => boolean): Promise<void> {
    for (let races = 0; this.#pending.length > 0 && due();) {
      this.#sent ||= nextBatch(this.#pending);
      const batch = this.#pending.slice(0, this.#sent);
      this.#sending = true;
      this.#changed();
      try {
        batch.forEach(({ step }) => this.options.onSending(step, this.revision));
        this.#take(await this.#send(batch), batch);
        this.#pace.sent();
      } catch (error) {
        if (!isStale(error) || races === MOST_RACES) {
          if (isRefused(error)) this.#sent = 0;
          throw error;
        }
        races += 1;
        await this.#catchUp();
      } finally {
        this.#sending = false;
      }
    }
  }

  #send(batch: readonly Pending[]): Promise<Revised> {
    const [first] = batch;
    if (first?.operation.op === "restore") {
      return this.options.gateway.restore(this.revision, first.operation.revision);
    }
    const operations = batch
      .map(({ operation }) => operation)
      .filter((operation): operation is Operation => operation.op !== "restore")
      .map((operation) => this.names.outgoing(operation));
    return this.options.gateway.send(this.revision, operations, this.#leaving > 0);
  }

  /** The gateway did this; what one has done since is put on top of it. */
  #take(answer: Revised, batch: readonly Pending[]): void {
    const appeared = answer.segments.map(({ segment }) => segment.id);
    // What waits was made on top of the batch, unless that was discarded on its way.
    const discarded = batch.some((edit) => !this.#pending.includes(edit));
    const seen = discarded ? this.#confirmed : replayed(this.#confirmed, batch);
    this.names.adopt(this.#confirmed, appeared, batch);
    this.#confirmed = revised(this.#confirmed, answer, this.names);
    this.revision = answer.revision;
    this.#pending = this.#pending.filter((edit) => !batch.includes(edit));
    this.#sent = 0;
    this.#rebase(seen);
  }

  /** Take over what others have made of it, after finding out whether the last request arrived after all. */
  async #catchUp(): Promise<void> {
    const newest = await this.options.gateway.read();
    if (this.#sent > 0 && newest.revision > this.revision) {
      await this.#recognise(newest);
    }
    this.#sent = 0;
    this.#newest = newest.revision;
    if (newest.revision > this.revision) {
      const before = this.#confirmed;
      this.#confirmed = localised(newest, this.names);
      this.revision = newest.revision;
      this.options.onForeign(changesBetween(before, this.#confirmed));
      this.#rebase(before);
    }
  }

  /** If the next revision reads as what was sent would have made it, it is that: an answer got lost. */
  async #recognise(newest: TranscriptDocument): Promise<void> {
    const next =
      newest.revision === this.revision + 1 ? newest : await this.options.gateway.read(this.revision + 1);
    const batch = this.#pending.slice(0, this.#sent);
    const expected = replayed(this.#confirmed, batch);
    if (readAlike(expected, next)) {
      const appeared = next.segments.map(({ id }) => id);
      this.names.adopt(this.#confirmed, appeared, batch);
      this.#confirmed = localised(next, this.names);
      this.revision = next.revision;
      this.#pending = this.#pending.slice(batch.length);
      this.#rebase(expected);
    }
  }

  #rebase(base: Contents): void {
    const { contents, pending, conflicts } = rebase(base, this.#confirmed, this.#pending);
    this.#pending = pending;
    this.conflicts = distinct([...refreshed(this.conflicts, contents), ...conflicts]);
    this.#show(contents);
  }

  #show(contents: Contents): void {
    this.contents = reconciled(this.contents, contents);
    this.#changed();
  }

  #changed(): void {
    void this.options.vault.keep(this.unsaved ? this.kept() : null);
    this.#tell();
  }

  /** What another page would need to go on from here. */
  kept(): Kept {
    return {
      revision: this.revision,
      pending: this.#pending.map(lighter),
      sent: this.#sent,
      names: this.names.bindings(),
      conflicts: this.conflicts,
      at: Date.now(),
    };
  }

  #tell(): void {
    this.state = saveState(this.state, {
      problem: this.#pending.length > 0 ? this.#problem : null,
      conflicts: this.conflicts.length,
      sending: this.#sending,
      pending: this.#pending.length,
    });
    this.options.onChange();
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(act);
    this.#turn = run.catch(() => undefined);
    return run;
  }
}

/** A revision to restore is read again when it is needed; its contents need not be kept. */
function lighter(edit: Pending): Pending {
  const { operation } = edit;
  return operation.op === "restore"
    ? { ...edit, operation: { ...operation, contents: { segments: [], speakers: [] } } }
    : edit;
}
