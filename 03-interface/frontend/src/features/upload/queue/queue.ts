/** All uploads of this account in this tab: which are sent now, and which wait. */
import { type Chosen, recall, unlock } from "./files";
import { type Item, type Metadata, newId, type Phase, sameFile, UNDER_WAY } from "./item";
import type { Shelved } from "./shelf";
import type { Tools } from "./tools";
import { Upload } from "./upload";

export interface ToSend extends Chosen {
  title: string;
  metadata: Metadata;
}

const PLACES = 2;

export class UploadQueue {
  private uploads: Upload[] = [];
  private items: readonly Item[] = [];
  private filling = false;
  private readonly listeners = new Set<() => void>();
  private life = new AbortController();

  constructor(
    private readonly owner: string,
    private readonly tools: Tools,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): readonly Item[] => this.items;

  /** Take up what an earlier page left; what another tab works on comes when that tab is closed. */
  start(): void {
    this.life = new AbortController();
    const { signal } = this.life;
    this.tools.shelf
      .all(this.owner)
      .then(
        (records) => records.forEach(({ id }) => void this.adopt(id, signal).catch(nothingToTakeUp)),
        nothingToTakeUp,
      );
  }

  /** Leave everything as it is on the shelf. */
  stop(): void {
    this.life.abort();
    for (const upload of this.uploads) {
      upload.halt();
      upload.release?.();
    }
    this.uploads = [];
    this.changed();
  }

  /** Whether every one of them goes on after a reload without being chosen again. */
  async add(files: readonly ToSend[]): Promise<boolean> {
    const keeping = files.map(({ title, metadata, ...chosen }) => {
      const { name, size, lastModified } = chosen.file;
      const record: Shelved = {
        ...{ id: newId(), owner: this.owner, name, title, size, lastModified, metadata },
        ...{ address: null, paused: false, failure: null, addedAt: Date.now() },
      };
      const upload = this.take(record, chosen.file, "waiting");
      void this.tools.hold(lockOf(record.id), this.life.signal).then((release) => {
        upload.release = release;
      });
      return upload.keep(chosen);
    });
    this.changed();
    return (await Promise.all(keeping)).every(Boolean);
  }

  pause(id: string): void {
    this.find(id)?.pause();
  }

  resume(id: string): void {
    this.find(id)?.resume();
  }

  /** Give it up, or take what is over off the list. */
  cancel(id: string): void {
    const upload = this.find(id);
    this.uploads = this.uploads.filter((one) => one !== upload);
    upload?.cancel();
    this.changed();
  }

  /** Ask for the permission to read the file again; only within a click. */
  async unlock(id: string): Promise<void> {
    const upload = this.find(id);
    const kept = await this.tools.shelf.file(id);
    upload?.found(await unlock(kept, upload.known));
  }

  /** Hand in a file that is missing; returns whether it is the same one. */
  give(id: string, file: File): boolean {
    const upload = this.find(id);
    if (!upload || !sameFile(upload.known, file)) {
      return false;
    }
    upload.found(file);
    return true;
  }

  /** The way may be free again: try everything that is held, now. */
  wake(): void {
    this.uploads.filter(({ item }) => item.phase === "held").forEach((upload) => upload.begin());
  }

  /** The browser says that there is no network. */
  sleep(): void {
    this.uploads.filter(({ item }) => item.phase === "sending").forEach((upload) => upload.sleep());
  }

  private async adopt(id: string, signal: AbortSignal): Promise<void> {
    if (this.find(id)) {
      return;
    }
    const release = await this.tools.hold(lockOf(id), signal);
    const record = release && (await this.tools.shelf.get(id));
    if (!release || !record || signal.aborted) {
      release?.();
      return;
    }
    const file = await recall(await this.tools.shelf.file(id), record).catch(() => "missing" as const);
    const upload = this.take(record, file instanceof File ? file : null, phaseOf(record, file));
    upload.release = release;
    upload.item = { ...upload.item, safe: file !== "missing" };
    this.changed();
  }

  private take(record: Shelved, file: File | null, phase: Phase): Upload {
    const upload = new Upload(record, file, phase, this.tools, this.changed);
    this.uploads.push(upload);
    return upload;
  }

  private find(id: string): Upload | undefined {
    return this.uploads.find(({ item }) => item.id === id);
  }

  private readonly changed = (): void => {
    this.fill();
    this.items = this.uploads.map(({ item }) => item);
    this.listeners.forEach((listener) => listener());
  };

  /** Give free places to those that wait; beginning is itself a change, which must not do it once more. */
  private fill(): void {
    if (this.filling) {
      return;
    }
    this.filling = true;
    const busy = this.uploads.filter(({ item }) => UNDER_WAY.has(item.phase)).length;
    const waiting = this.uploads.filter(({ item }) => item.phase === "waiting");
    waiting.slice(0, Math.max(0, PLACES - busy)).forEach((upload) => upload.begin());
    this.filling = false;
  }
}

/** The browser keeps nothing, in a private window for instance. */
const nothingToTakeUp = () => undefined;

const lockOf = (id: string) => `scribe-upload-${id}`;

function phaseOf(record: Shelved, file: File | "locked" | "missing"): Phase {
  if (record.failure) return "failed";
  if (!(file instanceof File)) return file;
  return record.paused ? "paused" : "waiting";
}
