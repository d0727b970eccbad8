/** One upload: sends its recording, and does what is right when it cannot go on. */
import { networkProblem, Problem } from "@/api/problem";

import { type Chosen, readable } from "./files";
import type { Item, Known, Phase } from "./item";
import type { Release } from "./lock";
import type { Shelved } from "./shelf";
import { Shelving } from "./shelving";
import { Speedometer } from "./speedometer";
import type { Tools } from "./tools";
import type { Stop } from "./transfer";
import { again, verdict } from "./verdict";

const SHOWN_EVERY_MS = 250;
const SILENCE_MS = 45_000;
/** The gateway reads the whole recording once before it answers to the last bytes. */
const FINISHING_MS = 10 * 60_000;
/** An attempt that lasted so long was no failure in a row with those before it. */
const LASTED_MS = 30_000;

export class Upload {
  item: Item;
  release: Release | null = null;
  private stop: Stop | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  /** Counts the attempts, so that a late answer to an earlier one is not heard. */
  private turn = 0;
  private begunAt = 0;
  private shownAt = 0;
  private speedometer = new Speedometer();
  private readonly shelving: Shelving;

  constructor(
    private record: Shelved,
    private file: File | null,
    phase: Phase,
    private readonly tools: Tools,
    private readonly changed: () => void,
  ) {
    const { id, name, title, size, failure } = record;
    const problem = failure && new Problem(failure.status, failure);
    const nothing = { sent: 0, speed: null, safe: false, meetingId: null, duplicates: [] };
    this.item = { id, name, title, size, phase, problem, ...nothing };
    this.shelving = new Shelving(tools.shelf);
  }

  get known(): Known {
    return this.record;
  }

  /** Put it on the shelf; whether its file could be put there too. */
  async keep(chosen: Chosen): Promise<boolean> {
    this.shelving.put(this.record);
    const safe = await this.shelving.keep(this.record.id, chosen);
    this.item = { ...this.item, safe };
    this.changed();
    return safe;
  }

  begin(): void {
    const { file, record } = this;
    if (!file) {
      return;
    }
    this.halt();
    const { turn } = this;
    const heard = <Args extends unknown[]>(act: (...args: Args) => void) => {
      return (...args: Args) => (this.turn === turn ? act(...args) : undefined);
    };
    this.begunAt = Date.now();
    this.show({ phase: "sending", problem: null });
    // The gateway tells where an upload stands that it has all of only when it has become a meeting.
    if (record.address && this.item.sent >= record.size) {
      this.awaitEnd();
    } else {
      this.awaitSign();
    }
    this.stop = this.tools.send({
      file,
      metadata: record.metadata,
      address: record.address,
      onAddress: heard((address) => {
        this.note({ address });
        this.awaitSign();
      }),
      onProgress: heard((sent) => this.progressed(sent)),
      onArrived: heard((meetingId) => void this.arrived(meetingId)),
      onProblem: heard((problem) => void this.met(problem)),
    });
  }

  /** Nothing is on its way any more, and nothing begins by itself. */
  halt(): void {
    this.turn += 1;
    clearTimeout(this.timer);
    this.stop?.();
    this.stop = null;
    this.speedometer = new Speedometer();
  }

  pause(): void {
    this.halt();
    this.note({ paused: true });
    this.show({ phase: "paused", problem: null });
  }

  /** Wait for a place, whatever was in the way; what has arrived is not sent again. */
  resume(): void {
    this.halt();
    this.failures = 0;
    this.note({ paused: false, failure: null });
    this.show({ phase: this.file ? "waiting" : "missing", problem: null });
  }

  /** Give it up and forget what has arrived; a meeting that it became stays. */
  cancel(): void {
    const { address } = this.record;
    this.forget();
    if (address && !this.item.meetingId) {
      void this.tools.end(address);
    }
  }

  /** The file was found again, or not. */
  found(file: File | "locked" | "missing"): void {
    this.file = file instanceof File ? file : null;
    this.show({ phase: file instanceof File ? "waiting" : file });
  }

  /** The browser says that there is no network: do not wait for a request that hangs. */
  sleep(): void {
    this.halt();
    this.hold(networkProblem(), again(this.failures));
  }

  private progressed(sent: number): void {
    const now = Date.now();
    const whole = sent >= this.record.size;
    this.speedometer.note(now, sent);
    if (whole) {
      this.awaitEnd();
    } else {
      this.awaitSign();
    }
    if (whole || now - this.shownAt >= SHOWN_EVERY_MS) {
      this.shownAt = now;
      this.show({ phase: whole ? "finishing" : "sending", sent, speed: this.speedometer.speed });
    }
  }

  /** An attempt that says nothing for so long has failed. */
  private awaitSign(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.met(networkProblem()), SILENCE_MS);
  }

  /** Every byte was sent: what became of it is asked for where the answer does not come. */
  private awaitEnd(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.halt();
      void this.ask(false);
    }, FINISHING_MS);
  }

  private async arrived(meetingId: string | null): Promise<void> {
    const { turn } = this;
    clearTimeout(this.timer);
    const told = await this.tools.tell(this.record.address ?? "").catch(() => null);
    if (this.turn !== turn) {
      return;
    }
    const id = meetingId ?? told?.meeting_id ?? null;
    if (id === null) {
      this.hold(networkProblem(), again(this.failures));
    } else {
      this.done(id, told?.duplicates ?? []);
    }
  }

  private done(meetingId: string, duplicates: readonly string[]): void {
    this.forget();
    this.show({ phase: "done", sent: this.record.size, problem: null, meetingId, duplicates });
    this.tools.onMeeting(meetingId);
  }

  private async met(problem: Problem): Promise<void> {
    this.halt();
    const { turn, failures } = this;
    this.failures = Date.now() - this.begunAt > LASTED_MS ? 0 : failures + 1;
    const step = verdict(problem, failures, this.record.address !== null);
    if (step.act === "give-up") {
      this.fail(problem);
    } else if (step.act === "ask") {
      await this.ask(true);
    } else if (step.act === "renew") {
      const renewed = await this.tools.renew().catch((error: unknown) => asProblem(error));
      if (this.turn === turn && renewed instanceof Problem) {
        this.hold(renewed, again(failures));
      } else if (this.turn === turn) {
        // Without a session nothing is tried before somebody has signed in: see UploadQueue.wake.
        this.hold(problem, renewed === true ? again(failures - 1) : null);
      }
    } else if (problem.status === 0 && this.file && !(await readable(this.file))) {
      this.found("missing");
    } else if (this.turn === turn) {
      this.hold(problem, step.afterMs);
    }
  }

  /**
   * The gateway does not answer, or refuses the rest: it has become a meeting, has failed, or was forgotten;
   * one that was not refused may also still be examined.
   */
  private async ask(refused: boolean): Promise<void> {
    const { turn } = this;
    const told = await this.tools.tell(this.record.address ?? "").catch((error: unknown) => asProblem(error));
    if (this.turn !== turn) {
      return;
    }
    if (told instanceof Problem) {
      if (told.mayPass) {
        this.hold(told, again(this.failures));
      } else {
        this.beginAnew();
      }
    } else if (told.meeting_id) {
      this.done(told.meeting_id, told.duplicates);
    } else if (told.error_code) {
      this.fail(new Problem(410, { code: told.error_code, message: told.error_message ?? told.error_code }));
    } else if (refused) {
      this.beginAnew();
    } else {
      this.hold(networkProblem(), again(this.failures));
    }
  }

  private beginAnew(): void {
    this.note({ address: null });
    this.show({ phase: "waiting", sent: 0, problem: null });
  }

  private hold(problem: Problem, afterMs: number | null): void {
    this.show({ phase: "held", problem });
    if (afterMs !== null) {
      this.timer = setTimeout(() => this.begin(), afterMs);
    }
  }

  private fail(problem: Problem): void {
    const { status, code, message, detail } = problem;
    this.note({ address: null, failure: { status, code, message, detail } });
    this.show({ phase: "failed", problem, sent: 0 });
  }

  private forget(): void {
    this.halt();
    void this.shelving.remove(this.record.id).then(() => this.release?.());
  }

  private note(change: Partial<Shelved>): void {
    this.record = { ...this.record, ...change };
    this.shelving.put(this.record);
  }

  private show(change: Partial<Item>): void {
    this.item = { ...this.item, speed: null, ...change };
    this.changed();
  }
}

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : networkProblem();
}
