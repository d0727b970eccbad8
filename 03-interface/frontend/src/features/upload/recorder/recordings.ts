/** Recordings of the microphone in IndexedDB: saved a piece a second, so that a crash loses at most that. */
import { createStore, delMany, entries, getMany, keys, setMany, type UseStore } from "idb-keyval";

import { holdIfFree } from "../queue/lock";

export interface Recording {
  id: string;
  owner: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  type: string;
  seconds: number;
  pieces: number;
}

type Key = ["head", string] | ["piece", string, number];

let opened: UseStore | null = null;

function store(): UseStore {
  opened ??= createStore("scribe-recordings", "recordings");
  return opened;
}

export const lockOf = (id: string) => `scribe-recording-${id}`;

/** Save one more piece, and with it how far the recording has come. */
export async function savePiece(recording: Recording, piece: Blob): Promise<void> {
  const head: [Key, Recording] = [["head", recording.id], recording];
  const data: [Key, Blob] = [["piece", recording.id, recording.pieces - 1], piece];
  await setMany([head, data], store());
}

/** Those that nobody records any more, in no tab, and that were neither uploaded nor discarded. */
export async function unsent(owner: string): Promise<Recording[]> {
  const every = await entries<Key, unknown>(store());
  const heads = every
    .filter(([[kind]]) => kind === "head")
    .map(([, head]) => head as Recording)
    .filter((head) => head.owner === owner)
    .sort((a, b) => b.startedAt - a.startedAt);
  const free = await Promise.all(heads.map(({ id }) => isFree(id)));
  return heads.filter((_, place) => free[place]);
}

async function isFree(id: string): Promise<boolean> {
  const release = await holdIfFree(lockOf(id));
  release?.();
  return release !== null;
}

/** What is left of a recording, as a file. */
export async function assembled(recording: Recording): Promise<File> {
  return joined(recording, await piecesOf(recording));
}

/** All of a recording as a file, or why it cannot be had. */
export async function whole(recording: Recording): Promise<File | "incomplete" | "unreadable"> {
  try {
    const pieces = await piecesOf(recording);
    return pieces.length < recording.pieces ? "incomplete" : joined(recording, pieces);
  } catch {
    return "unreadable";
  }
}

async function piecesOf({ id, pieces }: Recording): Promise<Blob[]> {
  const places = Array.from({ length: pieces }, (_, place): Key => ["piece", id, place]);
  const found = await getMany<Blob | undefined>(places, store());
  return found.filter((piece) => piece !== undefined);
}

function joined(recording: Recording, pieces: Blob[]): File {
  return new File(pieces, fileName(recording), { type: recording.type, lastModified: recording.startedAt });
}

export function fileName({ startedAt, type }: Recording): string {
  const moment = new Date(startedAt).toISOString().slice(0, 19).replace(/[:T]/g, "-");
  const ending = /mp4/.test(type) ? "m4a" : /ogg/.test(type) ? "ogg" : "webm";
  return `recording-${moment}.${ending}`;
}

export async function discard(id: string): Promise<void> {
  const every = await keys<Key>(store());
  await delMany(
    every.filter((key) => key[1] === id),
    store(),
  );
}
