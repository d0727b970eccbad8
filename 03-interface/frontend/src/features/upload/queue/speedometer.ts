const WINDOW_MS = 8_000;
const ENOUGH_MS = 1_000;

/** How fast bytes went during the last seconds. */
export class Speedometer {
  private samples: { at: number; bytes: number }[] = [];

  /** `bytes`: sent so far, at `at` milliseconds. */
  note(at: number, bytes: number): void {
    this.samples.push({ at, bytes });
    const first = this.samples.findIndex((sample) => sample.at >= at - WINDOW_MS);
    this.samples = this.samples.slice(first);
  }

  /** Bytes a second; null while there is too little to tell. */
  get speed(): number | null {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last.at - first.at < ENOUGH_MS) {
      return null;
    }
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }
}
