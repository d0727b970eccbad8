/** Records the microphone, across pages, and saves what it hears every second. */
import { newId } from "../queue/item";
import { hold, type Release } from "../queue/lock";
import { LevelMeter } from "./level";
import { listen, type MicrophoneProblem, obstacle, problemOf, recorderFor } from "./microphone";
import { assembled, fileName, lockOf, type Recording, savePiece } from "./recordings";

/** A recording that ended while part of it could not be saved: it is in memory only. */
export interface Rescue {
  id: string;
  file: File;
}

export interface RecorderState {
  phase: "idle" | "asking" | "recording" | "paused";
  /** Recorded so far. */
  seconds: number;
  problem: MicrophoneProblem | null;
  /** Whether all of it is saved in the browser; false: its storage is full or switched off. */
  saved: boolean;
  /** Whether there was any sound lately. */
  heard: boolean;
  /** Those that are in memory only, and neither handed in nor discarded. */
  rescued: readonly Rescue[];
}

const PIECE_MS = 1_000;
const SILENCE_S = 6;
const AUDIBLE = 0.12;
/** How long a recorder that ended by itself may take to tell of it. */
const LATE_MS = 1_000;
const IDLE = { phase: "idle", seconds: 0, problem: null, saved: true, heard: true } as const;

export class Recorder {
  private state: RecorderState = { ...IDLE, rescued: [] };
  private readonly listeners = new Set<() => void>();
  private stream: MediaStream | null = null;
  private media: MediaRecorder | null = null;
  private stopped: Promise<unknown> = Promise.resolve();
  private finished: Promise<void> | null = null;
  /** Whether somebody wanted it to end. */
  private asked = false;
  private meter: LevelMeter | null = null;
  private recording: Recording | null = null;
  private release: Release | null = null;
  private awake: WakeLockSentinel | null = null;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private tickedAt = 0;
  private heardAt = 0;
  private saving: Promise<unknown> = Promise.resolve();
  /** Pieces that could not be saved, with their places: what there is in memory only. */
  private unsaved: { recording: Recording; piece: Blob }[] = [];

  constructor(
    private readonly owner: string,
    private readonly onEnded: () => void,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): RecorderState => this.state;

  /** 0-1, just now. */
  get level(): number {
    return this.state.phase === "recording" ? (this.meter?.level ?? 0) : 0;
  }

  async start(): Promise<void> {
    const problem = obstacle();
    this.show({ ...IDLE, phase: problem ? "idle" : "asking", problem });
    if (problem) {
      return;
    }
    try {
      this.stream = await listen();
      this.record(this.stream);
    } catch (error) {
      this.close();
      this.show({ phase: "idle", problem: problemOf(error) });
    }
  }

  pause(): void {
    if (this.media?.state === "recording") {
      this.tick();
      this.media.pause();
      this.show({ phase: "paused", heard: true });
    }
  }

  resume(): void {
    if (this.media?.state === "paused") {
      this.media.resume();
      this.tickedAt = this.heardAt = performance.now();
      this.show({ phase: "recording" });
    }
  }

  /** End it; it is then among the recordings that were not sent yet. */
  async stop(): Promise<void> {
    const { media } = this;
    if (media) {
      this.asked ||= media.state !== "inactive";
      await this.end(media);
    }
  }

  /** A rescued recording was handed in or discarded. */
  forget(id: string): void {
    this.show({ rescued: this.state.rescued.filter((rescue) => rescue.id !== id) });
  }

  private record(stream: MediaStream): void {
    const media = recorderFor(stream);
    const id = newId();
    this.media = media;
    this.asked = false;
    this.meter = new LevelMeter(stream);
    this.unsaved = [];
    this.recording = {
      ...{ id, owner: this.owner, startedAt: Date.now(), type: media.mimeType, seconds: 0, pieces: 0 },
    };
    void hold(lockOf(id), new AbortController().signal).then((release) => {
      if (this.media === media) {
        this.release = release;
      } else {
        release?.();
      }
    });
    media.addEventListener("dataavailable", ({ data }) => this.save(data));
    media.addEventListener("error", () => void this.end(media));
    stream.getAudioTracks()[0]?.addEventListener("ended", () => void this.end(media));
    this.stopped = new Promise((resolve) => media.addEventListener("stop", resolve, { once: true }));
    void this.stopped.then(() => this.finish(media));
    media.start(PIECE_MS);
    this.tickedAt = this.heardAt = performance.now();
    this.ticking = setInterval(() => this.tick(), PIECE_MS / 4);
    void this.stayAwake();
    this.show({ phase: "recording" });
  }

  /** Its "stop" event finishes it, with the last piece before; one that does not come is not waited for. */
  private async end(media: MediaRecorder): Promise<void> {
    if (media.state === "inactive") {
      await Promise.race([this.stopped, new Promise((resolve) => setTimeout(resolve, LATE_MS))]);
    } else {
      media.stop();
      await this.stopped;
    }
    await this.finish(media);
  }

  /** Once for each recording, whatever ended it: the microphone, the encoder or somebody. */
  private async finish(media: MediaRecorder): Promise<void> {
    if (this.media === media) {
      this.finished ??= this.settle();
      await this.finished;
    }
  }

  private async settle(): Promise<void> {
    this.tick();
    await this.saving;
    const rescue = await this.rescue();
    const rescued = [...this.state.rescued, ...(rescue ? [rescue] : [])];
    this.close();
    this.show({ phase: "idle", seconds: 0, rescued, problem: this.asked ? null : "lost" });
    this.onEnded();
  }

  private save(piece: Blob): void {
    if (!this.recording || piece.size === 0) {
      return;
    }
    const { pieces } = this.recording;
    this.recording = { ...this.recording, pieces: pieces + 1, seconds: this.state.seconds };
    this.unsaved.push({ recording: this.recording, piece });
    this.saving = this.saving.then(() => this.saveAll());
  }

  private async saveAll(): Promise<void> {
    try {
      for (let next = this.unsaved[0]; next; next = this.unsaved[0]) {
        await savePiece(next.recording, next.piece);
        this.unsaved.shift();
      }
      this.show({ saved: true });
    } catch {
      this.show({ saved: false }); // It is tried again with the next piece.
    }
  }

  /** What was saved joined with what could not be; null: all of it was saved. */
  private async rescue(): Promise<Rescue | null> {
    const first = this.unsaved[0]?.recording;
    if (!first) {
      return null;
    }
    const before = { ...first, pieces: first.pieces - 1 };
    const saved = await assembled(before).catch(() => null);
    const pieces = this.unsaved.map(({ piece }) => piece);
    const { id, type, startedAt } = first;
    const file = new File(saved ? [saved, ...pieces] : pieces, fileName(first), {
      ...{ type, lastModified: startedAt },
    });
    return { id, file };
  }

  private tick(): void {
    if (this.state.phase !== "recording") {
      return;
    }
    const now = performance.now();
    if (this.level > AUDIBLE) {
      this.heardAt = now;
    }
    const seconds = this.state.seconds + (now - this.tickedAt) / 1000;
    this.tickedAt = now;
    this.show({ seconds, heard: now - this.heardAt < SILENCE_S * 1000 });
  }

  /** A phone that sleeps records nothing. */
  private async stayAwake(): Promise<void> {
    if ("wakeLock" in navigator) {
      this.awake = await navigator.wakeLock.request("screen").catch(() => null);
    }
  }

  private close(): void {
    clearInterval(this.ticking);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.meter?.close();
    this.release?.();
    void this.awake?.release();
    this.stream = this.media = this.meter = this.recording = this.release = this.awake = null;
    this.finished = null;
  }

  private show(change: Partial<RecorderState>): void {
    this.state = { ...this.state, ...change };
    this.listeners.forEach((listener) => listener());
  }
}
