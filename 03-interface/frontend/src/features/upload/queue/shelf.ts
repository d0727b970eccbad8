/** What outlives the page: unfinished uploads and, where that is possible, their files, in IndexedDB. */
import { createStore, delMany, entries, get, set, type UseStore } from "idb-keyval";

import type { ProblemBody } from "@/api/problem";

import type { FileHandle } from "./files";
import type { Metadata } from "./item";

export interface Shelved {
  id: string;
  /** Whose it is: another account in the same browser does not see it. */
  owner: string;
  name: string;
  title: string;
  size: number;
  lastModified: number;
  metadata: Metadata;
  /** Where its bytes go; null before the gateway has said so. */
  address: string | null;
  paused: boolean;
  failure: (ProblemBody & { status: number }) | null;
  addedAt: number;
}

export type Kept = File | FileHandle;

export interface Shelf {
  all(owner: string): Promise<Shelved[]>;
  get(id: string): Promise<Shelved | undefined>;
  put(record: Shelved): Promise<void>;
  keepFile(id: string, kept: Kept): Promise<void>;
  file(id: string): Promise<Kept | undefined>;
  remove(id: string): Promise<void>;
}

let opened: UseStore | null = null;

function store(): UseStore {
  opened ??= createStore("scribe-uploads", "uploads");
  return opened;
}

// The file lies beside its record: the record changes often, and the file may have gigabytes.
const recordKey = (id: string) => ["record", id];
const fileKey = (id: string) => ["file", id];

export const shelf: Shelf = {
  async all(owner) {
    const every = await entries<[string, string], unknown>(store());
    return every
      .filter(([[kind]]) => kind === "record")
      .map(([, record]) => record as Shelved)
      .filter((record) => record.owner === owner)
      .sort((a, b) => a.addedAt - b.addedAt);
  },
  get: (id) => get<Shelved>(recordKey(id), store()),
  put: (record) => set(recordKey(record.id), record, store()),
  keepFile: (id, kept) => set(fileKey(id), kept, store()),
  file: (id) => get<Kept>(fileKey(id), store()),
  remove: (id) => delMany([recordKey(id), fileKey(id)], store()),
};
