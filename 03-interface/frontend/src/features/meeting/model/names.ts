/** Segments keep one id while the page is open; the gateway may call them otherwise. */
import type { Contents, Edit, Operation, Segment } from "./types";

export type Binding = readonly [theirs: number, ours: number];

/** Which id of the gateway is which of ours. Most are the same, and those are not written down. */
export class Names {
  #ours = new Map<number, number>();
  #theirs = new Map<number, number>();
  #next = -1;

  /** An id for a segment that the gateway does not know yet. */
  fresh(): number {
    const id = this.#next;
    this.#next -= 1;
    return id;
  }

  bind(theirs: number, ours: number): void {
    const before = this.#theirs.get(ours);
    if (before !== undefined) this.#ours.delete(before);
    this.#ours.set(theirs, ours);
    this.#theirs.set(ours, theirs);
    this.reserve(ours);
  }

  /** Never give this id to another segment. */
  reserve(ours: number): void {
    this.#next = Math.min(this.#next, ours - 1);
  }

  /** Undefined for a segment that has not been saved yet. */
  theirs(ours: number): number | undefined {
    return this.#theirs.get(ours) ?? (ours > 0 ? ours : undefined);
  }

  bindings(): Binding[] {
    return [...this.#ours];
  }

  /**
   * The same segments under our ids; one whose id we gave to another that is still there gets a fresh one.
   * present: all ids that the gateway has
   */
  localise(
    segments: readonly Segment[],
    present: ReadonlySet<number> = new Set(segments.map((segment) => segment.id)),
  ): readonly Segment[] {
    if (this.#ours.size === 0) {
      return segments;
    }
    return segments.map((segment) => {
      const id = this.#ourIdOf(segment.id, present);
      return id === segment.id ? segment : { ...segment, id };
    });
  }

  #ourIdOf(theirs: number, present: ReadonlySet<number>): number {
    const ours = this.#ours.get(theirs);
    if (ours !== undefined) {
      return ours;
    }
    const holder = this.#theirs.get(theirs);
    if (holder === undefined || holder === theirs) {
      return theirs;
    }
    if (present.has(holder)) {
      const id = this.fresh();
      this.bind(theirs, id);
      return id;
    }
    this.#ours.delete(holder);
    this.#theirs.delete(theirs);
    return theirs;
  }

  /**
   * Give the segments that appeared in an answer the ids that the splits before it promised, which the
   * gateway counts up in the same order.
   */
  adopt(known: Contents, appeared: readonly number[], edits: readonly Edit[]): void {
    const ours = edits.flatMap((edit) => (edit.creates === undefined ? [] : [edit.creates]));
    const there = new Set(known.segments.map((segment) => this.theirs(segment.id)));
    const theirs = appeared.filter((id) => !there.has(id)).sort((a, b) => a - b);
    if (ours.length === theirs.length) {
      ours.forEach((id, place) => this.bind(theirs[place] ?? id, id));
    }
  }

  /** The operation as the gateway understands it; what it names has been saved. */
  outgoing(operation: Operation): Operation {
    if (!("segment" in operation)) {
      return operation;
    }
    const segment = this.theirs(operation.segment) ?? operation.segment;
    return operation.op === "merge_segments"
      ? { ...operation, segment, next: this.theirs(operation.next) ?? operation.next }
      : { ...operation, segment };
  }
}
