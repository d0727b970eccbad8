import { type Chosen, keepable } from "./files";
import type { Shelf, Shelved } from "./shelf";

/** Writes of one upload to the shelf, one after another; a browser that keeps nothing loses the resumption only. */
export class Shelving {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly shelf: Shelf) {}

  put(record: Shelved): void {
    void this.after(() => this.shelf.put(record));
  }

  /** Whether the file is kept as well. */
  async keep(id: string, chosen: Chosen): Promise<boolean> {
    const kept = await this.after(async () => {
      const keeping = await keepable(chosen);
      if (keeping) {
        await this.shelf.keepFile(id, keeping);
      }
      return keeping;
    });
    return !!kept;
  }

  async remove(id: string): Promise<void> {
    await this.after(() => this.shelf.remove(id));
  }

  private after<T>(write: () => Promise<T>): Promise<T | undefined> {
    const written = this.last.then(write).catch(() => undefined);
    this.last = written;
    return written;
  }
}
