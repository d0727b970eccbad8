import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Recorder } from "./recorder";
import { assembled, savePiece } from "./recordings";

const release = vi.hoisted(() => vi.fn());

vi.mock("../queue/lock", () => ({ hold: () => Promise.resolve(release) }));
vi.mock("./level", () => ({
  LevelMeter: class {
    level = 1;
    close = () => undefined;
  },
}));
vi.mock("./recordings", () => ({
  assembled: vi.fn(),
  fileName: () => "recording.webm",
  lockOf: (id: string) => id,
  savePiece: vi.fn(),
}));
vi.mock("./microphone", () => ({
  listen: () => Promise.resolve(stream),
  obstacle: () => null,
  problemOf: () => "busy",
  recorderFor: () => (media = new FakeMedia()),
}));

class FakeMedia extends EventTarget {
  state = "inactive";
  mimeType = "audio/webm";
  start = () => void (this.state = "recording");
  resume = () => void (this.state = "recording");

  pause() {
    if (this.state === "inactive") {
      throw new DOMException("inactive", "InvalidStateError");
    }
    this.state = "paused";
  }

  stop() {
    this.state = "inactive";
    queueMicrotask(() => this.dispatchEvent(new Event("stop")));
  }

  give(text: string) {
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob([text]) }));
  }
}

const track = Object.assign(new EventTarget(), { stop: vi.fn() });
const stream = { getAudioTracks: () => [track], getTracks: () => [track] };
let media: FakeMedia;

describe("the recorder", () => {
  const onEnded = vi.fn();
  let recorder: Recorder;

  const settle = () => vi.advanceTimersByTimeAsync(0);
  const rescued = () => Promise.all(recorder.snapshot().rescued.map(({ file }) => file.text()));

  async function recordWithoutRoom(text: string) {
    await recorder.start();
    media.give(text);
    await recorder.stop();
  }

  beforeEach(() => {
    vi.useFakeTimers();
    vi.resetAllMocks();
    vi.stubGlobal("navigator", {});
    vi.mocked(savePiece).mockResolvedValue();
    vi.mocked(assembled).mockResolvedValue(new File([], "recording.webm"));
    recorder = new Recorder("ada", onEnded);
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("lets everything go when it is stopped", async () => {
    await recorder.start();
    media.give("sound");
    await recorder.stop();
    expect(recorder.snapshot()).toMatchObject({ phase: "idle", problem: null, rescued: [] });
    expect(track.stop).toHaveBeenCalledOnce();
    expect(release).toHaveBeenCalledOnce();
    expect(onEnded).toHaveBeenCalledOnce();
  });

  test("keeps what it had no room for until it is handed in, whatever is recorded next", async () => {
    vi.mocked(savePiece).mockRejectedValue(new DOMException("full", "QuotaExceededError"));
    await recordWithoutRoom("one");
    await recordWithoutRoom("two");
    expect(await rescued()).toEqual(["one", "two"]);
    recorder.forget(recorder.snapshot().rescued[0]?.id ?? "");
    expect(await rescued()).toEqual(["two"]);
  });

  test("notices that the encoder failed, and keeps its last piece", async () => {
    await recorder.start();
    media.state = "inactive";
    media.dispatchEvent(new Event("error"));
    media.give("the last");
    media.dispatchEvent(new Event("stop"));
    await settle();
    expect(savePiece).toHaveBeenCalledOnce();
    expect(recorder.snapshot()).toMatchObject({ phase: "idle", problem: "lost" });
    expect(onEnded).toHaveBeenCalledOnce();
  });

  test("ends once when the microphone goes away", async () => {
    await recorder.start();
    track.dispatchEvent(new Event("ended"));
    await settle();
    expect(recorder.snapshot()).toMatchObject({ phase: "idle", problem: "lost" });
    expect(onEnded).toHaveBeenCalledOnce();
  });

  test("can be paused and stopped where it ended without a word", async () => {
    await recorder.start();
    media.state = "inactive";
    recorder.pause();
    expect(recorder.snapshot().phase).toBe("recording");
    void recorder.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(recorder.snapshot()).toMatchObject({ phase: "idle", problem: "lost" });
    expect(release).toHaveBeenCalledOnce();
  });
});
