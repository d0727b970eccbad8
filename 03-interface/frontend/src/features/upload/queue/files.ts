/** Files as they are kept over a reload: a handle that the browser asks about, or the bytes themselves. */
import { type Known, sameFile } from "./item";
import type { Kept } from "./shelf";

/** What Chromium's handles can beyond the standard: ask whether they may be read. */
export interface FileHandle extends FileSystemFileHandle {
  queryPermission(options: { mode: "read" }): Promise<PermissionState>;
  requestPermission(options: { mode: "read" }): Promise<PermissionState>;
}

export interface Chosen {
  file: File;
  handle: FileHandle | null;
}

/** Bytes up to which a file itself is kept: it then goes on without anybody being asked. */
const KEPT_WHOLE = 256e6;
/** How much of the room that the browser still has may be taken by one file. */
const SHARE_OF_ROOM = 0.2;

/** What to keep of the file; null: nothing, it must be chosen again after a reload. */
export async function keepable({ file, handle }: Chosen): Promise<Kept | null> {
  if (file.size <= KEPT_WHOLE && file.size <= SHARE_OF_ROOM * (await room())) {
    return file;
  }
  return handle;
}

async function room(): Promise<number> {
  if (!("storage" in navigator)) {
    return Infinity; // Nobody can tell; where there is too little, keeping it fails and nothing else.
  }
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return quota - usage;
}

/**
 * The file again; "locked": the browser wants to be asked first, by `unlock`; "missing": it is not there, or
 * not the same any more.
 */
export async function recall(kept: Kept | undefined, known: Known): Promise<File | "locked" | "missing"> {
  if (!kept || kept instanceof File) {
    return kept ?? "missing";
  }
  const permission = await kept.queryPermission({ mode: "read" });
  return permission === "granted" ? opened(kept, known) : permission === "prompt" ? "locked" : "missing";
}

/** Ask for the file, within a click. */
export async function unlock(kept: Kept | undefined, known: Known): Promise<File | "locked" | "missing"> {
  if (!kept || kept instanceof File) {
    return kept ?? "missing";
  }
  const permission = await kept.requestPermission({ mode: "read" });
  return permission === "granted" ? opened(kept, known) : "locked";
}

async function opened(handle: FileHandle, known: Known): Promise<File | "missing"> {
  const file = await handle.getFile().catch(() => null);
  return file && sameFile(file, known) ? file : "missing";
}

/** Whether the file can still be read: it may have been moved or changed meanwhile. */
export async function readable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}
