/** When to save: after a pause in writing, but not too late; and when to try again. */
import { Problem } from "@/api/problem";

export const PAUSE_MS = 1_200;
export const LONGEST_PAUSE_MS = 8_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

export class Pace {
  #since = 0;
  #until = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly work: (now: boolean) => void) {}

  get isDue(): boolean {
    return Date.now() >= this.#dueAt;
  }

  /** There was an edit; the first one since everything was on its way. */
  edited(first: boolean): void {
    this.#until = Date.now();
    if (first) this.#since = this.#until;
    if (this.#failures === 0) this.whenDue();
  }

  /** What waits from now on is new. */
  sent(): void {
    this.#since = Date.now();
  }

  whenDue(): void {
    this.#after(Math.max(0, this.#dueAt - Date.now()), false);
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** Try again by itself where that may help, later each time. */
  failed(error: unknown): void {
    if (error instanceof Problem && error.mayPass) {
      const wait = Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LONGEST_RETRY_MS);
      this.#failures += 1;
      this.#after(Math.max(wait, (error.retryAfterSeconds ?? 0) * 1000), true);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  get #dueAt(): number {
    return Math.min(this.#until + PAUSE_MS, this.#since + LONGEST_PAUSE_MS);
  }

  #after(milliseconds: number, now: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.work(now), milliseconds);
  }
}
