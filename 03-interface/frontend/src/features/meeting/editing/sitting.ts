/** Writing in one segment, from opening its editor to closing it: all of it is one step of undo. */
import type { TranscriptStore } from "../model/store";
import type { Segment } from "../model/types";
import { oneLine } from "../model/wording";

const PAUSE_MS = 250;
let sittings = 0;

export class Sitting {
  text: string;

  #seen: Segment;
  #session: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: TranscriptStore,
    segment: Segment,
  ) {
    sittings += 1;
    this.text = segment.text;
    this.#seen = segment;
    this.#session = `sitting-${sittings}`;
  }

  /** Take what was typed; it counts a moment later, unless nothing is left, which only `finish` may mean. */
  type(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.commit(), PAUSE_MS);
  }

  /** Hand over what was typed so far. */
  commit(): void {
    clearTimeout(this.#timer);
    if (oneLine(this.text) !== "") {
      this.#write();
    }
  }

  /** The end of it; a text that was emptied takes its segment away. */
  finish(): void {
    clearTimeout(this.#timer);
    if (oneLine(this.text) !== "" || this.#seen.text !== "") {
      this.#write();
    }
  }

  /** As if nothing had been typed. */
  abandon(): void {
    clearTimeout(this.#timer);
    this.store.abandon(this.#session);
  }

  /** The segment reads differently by now: whether that goes into the editor, since nothing was typed here. */
  adopt(segment: Segment): boolean {
    if (segment.text === this.#seen.text || oneLine(this.text) !== oneLine(this.#seen.text)) {
      return false;
    }
    this.#seen = segment;
    this.text = segment.text;
    return true;
  }

  #write(): void {
    this.store.write(this.#seen, this.text, this.#session);
    this.#seen = { ...this.#seen, text: oneLine(this.text) };
  }
}

/** How many whole tokens lie before the caret; a word that it stands in goes to what is behind. */
export function tokensBefore(text: string, caret: number): number {
  const before = text.slice(0, caret);
  const inWord = /\S$/u.test(before) && /^\S/u.test(text.slice(caret));
  const tokens = oneLine(before).split(" ").filter(Boolean).length;
  return inWord ? tokens - 1 : tokens;
}
