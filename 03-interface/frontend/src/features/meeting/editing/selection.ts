/** Segments that were selected for something to be done to all of them. */
import { useSyncExternalStore } from "react";

import type { TranscriptStore } from "../model/store";

const NONE: ReadonlySet<number> = new Set();

class Selection {
  ids: ReadonlySet<number> = NONE;

  #listeners = new Set<() => void>();
  #last: number | null = null;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  toggle(id: number): void {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    this.#last = id;
    this.#become(ids);
  }

  /** Everything between the one that was selected last and this one. */
  extendTo(id: number, order: readonly number[]): void {
    const [from, to] = [order.indexOf(this.#last ?? id), order.indexOf(id)];
    const between = order.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1);
    this.#last = id;
    this.#become(new Set([...this.ids, ...between]));
  }

  clear(): void {
    this.#last = null;
    this.#become(NONE);
  }

  #become(ids: ReadonlySet<number>): void {
    this.ids = ids;
    this.#listeners.forEach((listener) => listener());
  }
}

const selections = new WeakMap<TranscriptStore, Selection>();

export function selectionOf(store: TranscriptStore): Selection {
  let selection = selections.get(store);
  if (!selection) {
    selection = new Selection();
    selections.set(store, selection);
  }
  return selection;
}

export function useSelection(store: TranscriptStore): ReadonlySet<number> {
  const selection = selectionOf(store);
  return useSyncExternalStore(
    selection.subscribe,
    () => selection.ids,
    () => NONE,
  );
}
