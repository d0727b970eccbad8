/** Edits that the gateway does not have yet, kept in the browser so that a crash or a reload loses nothing. */
import { createStore, del, entries, set, type UseStore } from "idb-keyval";

import type { Binding } from "./names";
import type { Conflict, Pending } from "./types";

/** All that it takes to go on where a page ended. `sent`: how many of the first edits may have arrived. */
export interface Kept {
  readonly revision: number;
  readonly pending: readonly Pending[];
  readonly sent: number;
  readonly names: readonly Binding[];
  readonly conflicts: readonly Conflict[];
  readonly at: number;
}

export interface Vault {
  /** Keep this in place of what was kept before; null: there is nothing to keep. False: the browser would not. */
  keep(kept: Kept | null): Promise<boolean>;
  /** What pages left that are gone by now; each stays kept until it is `forget`ten. */
  leftovers(): Promise<Leftover[]>;
  /** This page is done with the meeting. */
  close(): void;
}

export interface Leftover {
  readonly kept: Kept;
  forget(): Promise<void>;
}

const DATABASE = "scribe-editing";

/** The vault of one account and meeting in this page: other pages with the same meeting have their own. */
export function browserVault(account: string, meetingId: string): Vault {
  const store = createStore(DATABASE, "unsaved");
  const prefix = `${account}/${meetingId}/`;
  const own = prefix + crypto.getRandomValues(new Uint32Array(3)).join("-");
  const release = hold(own);
  const writes = new LastWrite(store, own);
  return {
    keep: (kept) => writes.write(kept),
    leftovers: async () => {
      const found: Leftover[] = [];
      for (const [key, kept] of await entries<string, Kept>(store)) {
        if (key.startsWith(prefix) && key !== own && (await isFree(key))) {
          found.push({ kept, forget: () => del(key, store) });
        }
      }
      return found.sort((a, b) => a.kept.at - b.kept.at);
    },
    close: release,
  };
}

/** Writes in their order, leaving out what a later one overtakes. */
class LastWrite {
  #wanted: Kept | null = null;
  #writing: Promise<boolean> | null = null;
  #dirty = false;

  constructor(
    private readonly store: UseStore,
    private readonly key: string,
  ) {}

  write(kept: Kept | null): Promise<boolean> {
    this.#wanted = kept;
    this.#dirty = true;
    this.#writing ??= this.#run();
    return this.#writing;
  }

  async #run(): Promise<boolean> {
    let written = true;
    while (this.#dirty) {
      this.#dirty = false;
      const wanted = this.#wanted;
      // A browser without room or in private mode: the queue in memory still saves itself.
      written = await (wanted ? set(this.key, wanted, this.store) : del(this.key, this.store)).then(
        () => true,
        () => false,
      );
    }
    this.#writing = null;
    return written;
  }
}

/** A lock that lasts as long as the page does tells others that its edits are in good hands. */
function hold(name: string): () => void {
  if (!("locks" in navigator)) {
    return () => undefined;
  }
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  void navigator.locks.request(`${DATABASE}/${name}`, () => held);
  return () => release();
}

/** Without locks (plain HTTP on another host) every leftover counts; edits made twice are told apart later. */
async function isFree(name: string): Promise<boolean> {
  if (!("locks" in navigator)) {
    return true;
  }
  return navigator.locks.request(`${DATABASE}/${name}`, { ifAvailable: true }, (lock) => lock !== null);
}
