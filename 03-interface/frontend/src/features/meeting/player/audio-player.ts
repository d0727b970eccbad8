/** One recording that can be heard: an <audio> element, what can be done with it, and who listens to its time. */
import { Problem } from "@/api/problem";
import { sessionFetch } from "@/api/session";

import type { Silences } from "./silences";

export interface PlayerState {
  /** Seconds; from the meeting until the browser has read it from the recording. */
  duration: number;
  playing: boolean;
  /** Whether playback waits for bytes. */
  stalled: boolean;
  rate: number;
  volume: number;
  muted: boolean;
  skipsSilence: boolean;
  /** Why there is nothing to hear; null while there is. */
  problem: unknown;
}

export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;
const LOWEST_RATE = 0.5;
const HIGHEST_RATE = 3;
const RETRY_MS = 2_000;
const MOST_TRIES = 3;
/** Played since a failure, this long a stretch counts as good again. */
const HEALTHY_S = 5;

type TimeListener = (seconds: number) => void;

/**
 * Bytes that do not come, because the access token ran out or the network is away, are asked for again and
 * playback goes on at the same second.
 */
export class AudioPlayer {
  readonly element = new Audio();
  private state: PlayerState;
  private silences: Silences | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly timeListeners = new Set<TimeListener>();
  private readonly seekListeners = new Set<TimeListener>();
  /** Where playback was or was to go, and whether it was to go on: an element that failed forgets both. */
  private place = 0;
  private wanted = false;
  private frame = 0;
  private tries = 0;
  private failedAt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private off = new AbortController();

  constructor(
    private readonly url: string,
    duration: number,
  ) {
    this.element.preload = "metadata";
    this.state = {
      duration,
      playing: false,
      stalled: false,
      rate: 1,
      volume: 1,
      muted: false,
      skipsSilence: false,
      problem: null,
    };
  }

  /** Begin to ask for the recording; returns how to end that. */
  open(): () => void {
    this.off = new AbortController();
    this.listen();
    this.element.src = this.url;
    document.body.append(this.element);
    return () => this.close();
  }

  readonly snapshot = (): PlayerState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Be told the time at every frame while it plays, and wherever somebody goes. */
  readonly subscribeTime = (listener: TimeListener): (() => void) => {
    this.timeListeners.add(listener);
    return () => this.timeListeners.delete(listener);
  };

  /** Be told when somebody goes to another second; silence that is passed over does not count. */
  readonly subscribeSeek = (listener: TimeListener): (() => void) => {
    this.seekListeners.add(listener);
    return () => this.seekListeners.delete(listener);
  };

  readonly currentTime = (): number => this.element.currentTime;

  readonly seek = (seconds: number, play = false): void => {
    this.place = Math.min(Math.max(0, seconds), this.state.duration || seconds);
    this.element.currentTime = this.place;
    this.tell();
    this.seekListeners.forEach((listener) => listener(this.place));
    if (play) {
      this.play();
    }
  };

  readonly play = (): void => {
    this.wanted = true;
    this.element.play().catch((error: unknown) => {
      // Refused where nobody has touched the page yet; the button then still says what it does.
      this.wanted &&= !(error instanceof DOMException && error.name === "NotAllowedError");
    });
  };

  readonly pause = (): void => {
    this.wanted = false;
    this.element.pause();
  };

  readonly toggle = (): void => (this.element.paused ? this.play() : this.pause());

  readonly skip = (seconds: number): void => this.seek(this.element.currentTime + seconds);

  readonly setRate = (rate: number): void => {
    this.element.defaultPlaybackRate = Math.min(HIGHEST_RATE, Math.max(LOWEST_RATE, rate));
    this.element.playbackRate = this.element.defaultPlaybackRate;
  };

  readonly setVolume = (volume: number): void => {
    this.element.volume = Math.min(1, Math.max(0, volume));
    this.element.muted = false;
  };

  readonly setMuted = (muted: boolean): void => {
    this.element.muted = muted;
  };

  readonly setSkipsSilence = (skipsSilence: boolean): void => this.change({ skipsSilence });

  /** Where nobody speaks, for skipping. */
  readonly setSilences = (silences: Silences): void => {
    this.silences = silences;
  };

  /** Ask for the recording anew, at once. */
  readonly reload = (): void => {
    clearTimeout(this.retry);
    this.tries = 0;
    void this.recover();
  };

  private close(): void {
    this.off.abort();
    clearTimeout(this.retry);
    cancelAnimationFrame(this.frame);
    this.element.pause();
    this.element.removeAttribute("src");
    this.element.load();
    this.element.remove();
  }

  private listen(): void {
    const { element } = this;
    const on = (names: string, act: () => void) => {
      names.split(" ").forEach((name) => element.addEventListener(name, act, { signal: this.off.signal }));
    };
    on("play", () => {
      this.change({ playing: true });
      this.tick();
    });
    on("pause ended", () => {
      this.wanted &&= element.error !== null;
      this.change({ playing: false, stalled: false });
    });
    on("waiting", () => this.change({ stalled: true }));
    on("loadedmetadata playing canplay seeked", () => this.change({ stalled: false, problem: null }));
    on("durationchange", () => {
      if (Number.isFinite(element.duration) && element.duration > 0) {
        this.change({ duration: element.duration });
      }
    });
    on("ratechange", () => this.change({ rate: element.playbackRate }));
    on("volumechange", () => this.change({ volume: element.volume, muted: element.muted }));
    on("timeupdate seeking", () => {
      this.place = element.error === null ? element.currentTime : this.place;
      this.tries = Math.abs(this.place - this.failedAt) > HEALTHY_S ? 0 : this.tries;
      this.tell();
    });
    on("error", () => {
      this.failedAt = this.place;
      void this.recover();
    });
    window.addEventListener(
      "online",
      () => {
        if (this.state.problem !== null) {
          this.reload();
        }
      },
      { signal: this.off.signal },
    );
  }

  private tick(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      if (!this.element.paused) {
        this.passSilence();
        this.tell();
        this.tick();
      }
    });
  }

  private passSilence(): void {
    if (this.state.skipsSilence && !this.element.seeking) {
      const next = this.silences?.passed(this.element.currentTime);
      if (next !== undefined) {
        this.element.currentTime = next;
      }
    }
  }

  private tell(): void {
    const time = this.element.currentTime;
    this.timeListeners.forEach((listener) => listener(time));
  }

  /** An <audio> does not say what the gateway answered: ask it, renewing the session by the way. */
  private async recover(): Promise<void> {
    try {
      await sessionFetch(new Request(this.absolute, { headers: { range: "bytes=0-0" } }));
    } catch (problem) {
      this.change({ problem, stalled: false });
      if (problem instanceof Problem && problem.mayPass) {
        this.retry = setTimeout(() => void this.recover(), RETRY_MS * (1 + this.tries++));
      }
      return;
    }
    if (this.off.signal.aborted) {
      return;
    }
    if (this.tries >= MOST_TRIES) {
      this.change({ problem: this.element.error ?? new Error("unplayable"), stalled: false });
      return;
    }
    this.tries += 1;
    const { place, wanted } = this;
    this.element.load();
    this.element.currentTime = place;
    if (wanted) {
      this.play();
    }
  }

  private get absolute(): string {
    return new URL(this.url, window.location.origin).href;
  }

  private change(part: Partial<PlayerState>): void {
    this.state = { ...this.state, ...part };
    this.listeners.forEach((listener) => listener());
  }
}
