/** Files from the browser's dialog or from a drop, with handles to find them again where it has such. */
import type { Chosen, FileHandle } from "../queue/files";

interface PickingWindow extends Window {
  showOpenFilePicker?: (options: { multiple: boolean }) => Promise<FileHandle[]>;
}

type Entry = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> };

/** null: this browser has no dialog that gives handles; an <input> must do. */
export function picker(): (() => Promise<Chosen[]>) | null {
  const { showOpenFilePicker } = window as PickingWindow;
  if (!showOpenFilePicker) {
    return null;
  }
  return async () => {
    const handles = await showOpenFilePicker.call(window, { multiple: true }).catch((): FileHandle[] => []);
    return Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle })));
  };
}

export function withoutHandles(files: Iterable<File>): Chosen[] {
  return Array.from(files, (file) => ({ file, handle: null }));
}

/** What was dropped; folders are left out. Must be called before the event is over. */
export function dropped(transfer: DataTransfer): Promise<Chosen[]> {
  const items: Entry[] = [...transfer.items].filter((item) => item.kind === "file");
  return Promise.all(items.map(one)).then((found) => found.filter((chosen) => chosen !== null));
}

async function one(item: Entry): Promise<Chosen | null> {
  // Both are asked for at once: after the first await the browser has emptied the item.
  const file = item.getAsFile();
  const handle = await item.getAsFileSystemHandle?.().catch(() => null);
  if (handle?.kind === "directory" || !file) {
    return null;
  }
  return { file, handle: (handle as FileHandle | null | undefined) ?? null };
}
