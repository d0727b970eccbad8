import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { listenToEvents } from "./event-stream";

class FakeSource extends EventTarget {
  static opened: FakeSource[] = [];
  closed = false;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {
    super();
    FakeSource.opened.push(this);
  }

  close() {
    this.closed = true;
  }

  say(name: string, data: object, lastEventId: string) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId }));
  }
}

class FakeDocument extends EventTarget {
  visibilityState = "visible";

  turn(visibilityState: string) {
    this.visibilityState = visibilityState;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

describe("the event stream", () => {
  const listeners = { onLive: vi.fn(), onTold: vi.fn(), onAway: vi.fn() };
  let page: FakeDocument;
  let stop: () => void;

  const source = () => FakeSource.opened.at(-1) as FakeSource;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.resetAllMocks();
    FakeSource.opened = [];
    page = new FakeDocument();
    vi.stubGlobal("EventSource", FakeSource);
    vi.stubGlobal("document", page);
    vi.stubGlobal("fetch", () => Promise.resolve(new Response()));
    stop = listenToEvents(listeners);
  });

  afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("is opened again after the last event when it breaks, and says that it was away", async () => {
    source().say("ready", { missed: false }, "1-0");
    source().say("meeting", {}, "2-0");
    source().onerror?.();
    expect(listeners.onAway).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(source().url).toBe("/api/v1/events?after=2-0");
    source().say("ready", { missed: false }, "2-0");
    expect(listeners.onLive.mock.calls).toEqual([[false], [true]]);
  });

  test("is closed while the tab is hidden, and goes on where it was without having been away", async () => {
    source().say("ready", { missed: false }, "1-0");
    page.turn("hidden");
    await vi.advanceTimersByTimeAsync(9_999);
    expect(source().closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(source().closed).toBe(true);
    page.turn("visible");
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSource.opened).toHaveLength(2);
    expect(source().url).toBe("/api/v1/events?after=1-0");
    source().say("ready", { missed: false }, "1-0");
    expect(listeners.onLive.mock.calls).toEqual([[false], [false]]);
    expect(listeners.onAway).not.toHaveBeenCalled();
  });

  test("stays open when the tab is hidden for a moment only", async () => {
    page.turn("hidden");
    await vi.advanceTimersByTimeAsync(5_000);
    page.turn("visible");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(source().closed).toBe(false);
    expect(FakeSource.opened).toHaveLength(1);
  });

  test("is not tried again while the tab is hidden", async () => {
    page.turn("hidden");
    await vi.advanceTimersByTimeAsync(9_500);
    source().onerror?.();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSource.opened).toHaveLength(1);
  });
});
