import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { networkProblem, Problem } from "@/api/problem";

import type { UploadTold } from "./gateway";
import { UploadQueue } from "./queue";
import type { Kept, Shelf, Shelved } from "./shelf";
import type { Tools } from "./tools";
import type { Sending } from "./transfer";

class MemoryShelf implements Shelf {
  readonly records = new Map<string, Shelved>();
  readonly files = new Map<string, Kept>();

  all = (owner: string) =>
    Promise.resolve([...this.records.values()].filter((record) => record.owner === owner));
  get = (id: string) => Promise.resolve(this.records.get(id));
  put = (record: Shelved) => Promise.resolve(void this.records.set(record.id, record));
  keepFile = (id: string, kept: Kept) => Promise.resolve(void this.files.set(id, kept));
  file = (id: string) => Promise.resolve(this.files.get(id));
  remove = (id: string) => {
    this.records.delete(id);
    this.files.delete(id);
    return Promise.resolve();
  };
}

const ADDRESS = "http://scribe/api/v1/uploads/7";

function told(change: Partial<UploadTold>): UploadTold {
  return { meeting_id: null, duplicates: [], error_code: null, error_message: null, ...change } as UploadTold;
}

function problem(status: number, code = "CODE", after: number | null = null): Problem {
  return new Problem(status, { code, message: code }, after);
}

describe("the queue of uploads", () => {
  const sent: Sending[] = [];
  const stopped = vi.fn();
  const shelf = new MemoryShelf();
  const tools = {
    shelf,
    send: (sending: Sending) => {
      sent.push(sending);
      return stopped;
    },
    tell: vi.fn<Tools["tell"]>(),
    end: vi.fn<Tools["end"]>(),
    renew: vi.fn<Tools["renew"]>(),
    hold: () => Promise.resolve(() => undefined),
    onMeeting: vi.fn<Tools["onMeeting"]>(),
  } satisfies Tools;
  let queue: UploadQueue;

  const settle = () => vi.advanceTimersByTimeAsync(0);
  const phases = () => queue.snapshot().map((item) => item.phase);
  const last = () => sent.at(-1) as Sending;
  const first = () => queue.snapshot()[0]?.id ?? "";

  function add(...names: string[]) {
    void queue.add(
      names.map((name) => ({
        ...{ file: new File(["0123456789"], name), handle: null, title: name, metadata: { filename: name } },
      })),
    );
  }

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("navigator", { storage: { estimate: () => Promise.resolve({ quota: 1e9, usage: 0 }) } });
    sent.length = 0;
    shelf.records.clear();
    shelf.files.clear();
    vi.resetAllMocks();
    queue = new UploadQueue("ada", tools);
    queue.start();
  });

  afterEach(() => {
    queue.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("sends two at once, and the third when one of them has arrived", async () => {
    tools.tell.mockResolvedValue(told({ duplicates: ["other"] }));
    add("a", "b", "c");
    expect(phases()).toEqual(["sending", "sending", "waiting"]);
    sent[0]?.onAddress(ADDRESS);
    sent[0]?.onArrived("meeting");
    await settle();
    expect(phases()).toEqual(["done", "sending", "sending"]);
    expect(queue.snapshot()[0]).toMatchObject({ meetingId: "meeting", duplicates: ["other"] });
    expect(tools.onMeeting).toHaveBeenCalledWith("meeting");
  });

  test("goes on where it was when the network is back", async () => {
    add("a");
    last().onAddress(ADDRESS);
    last().onProblem(networkProblem());
    await settle();
    expect(phases()).toEqual(["held"]);
    queue.wake();
    expect(phases()).toEqual(["sending"]);
    expect(last().address).toBe(ADDRESS);
  });

  test("waits twice as long after each failure, and as long as the gateway says", async () => {
    add("a");
    last().onProblem(problem(503));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(2);
    last().onProblem(problem(503));
    await vi.advanceTimersByTimeAsync(1_999);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    last().onProblem(problem(429, "TOO_MANY", 60));
    await vi.advanceTimersByTimeAsync(59_000);
    expect(sent).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(4);
  });

  test("renews a session that ran out, and goes on", async () => {
    tools.renew.mockResolvedValue(true);
    add("a");
    last().onAddress(ADDRESS);
    last().onProblem(problem(401, "TOKEN_EXPIRED"));
    await settle();
    expect(tools.renew).toHaveBeenCalledOnce();
    expect(sent).toHaveLength(2);
    expect(last().address).toBe(ADDRESS);
  });

  test("waits for the next sign-in when the session has ended", async () => {
    tools.renew.mockResolvedValue(false);
    add("a");
    last().onProblem(problem(401, "REFRESH_TOKEN_INVALID"));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(phases()).toEqual(["held"]);
    expect(sent).toHaveLength(1);
    queue.wake();
    expect(phases()).toEqual(["sending"]);
  });

  test("fails for good where the gateway refuses the recording, and begins anew on retry", async () => {
    add("a");
    last().onAddress(ADDRESS);
    last().onProblem(problem(415, "UNSUPPORTED_MEDIA"));
    await settle();
    expect(queue.snapshot()[0]).toMatchObject({ phase: "failed", problem: { code: "UNSUPPORTED_MEDIA" } });
    queue.resume(first());
    expect(last().address).toBeNull();
  });

  test("asks why when the upload is gone, and tells the reason", async () => {
    tools.tell.mockResolvedValue(told({ error_code: "NO_AUDIO", error_message: "No sound." }));
    add("a");
    last().onAddress(ADDRESS);
    last().onProblem(problem(410));
    await settle();
    expect(queue.snapshot()[0]).toMatchObject({ phase: "failed", problem: { code: "NO_AUDIO" } });
  });

  test("learns that it had arrived although the answer was lost", async () => {
    tools.tell.mockResolvedValue(told({ meeting_id: "meeting" }));
    add("a");
    last().onAddress(ADDRESS);
    last().onProblem(problem(410));
    await settle();
    expect(queue.snapshot()[0]).toMatchObject({ phase: "done", meetingId: "meeting" });
  });

  test("begins anew when the gateway has forgotten it", async () => {
    tools.tell.mockRejectedValue(problem(404));
    add("a");
    last().onAddress(ADDRESS);
    last().onProblem(problem(404));
    await settle();
    expect(phases()).toEqual(["sending"]);
    expect(last().address).toBeNull();
  });

  test("is paused and resumed without hearing the attempt that was stopped", () => {
    add("a");
    const [attempt] = sent;
    queue.pause(first());
    attempt?.onProgress(5);
    attempt?.onProblem(problem(500));
    expect(stopped).toHaveBeenCalled();
    expect(phases()).toEqual(["paused"]);
    queue.resume(first());
    expect(phases()).toEqual(["sending"]);
  });

  test("forgets what is cancelled, here and at the gateway", async () => {
    add("a");
    last().onAddress(ADDRESS);
    queue.cancel(first());
    await settle();
    expect(queue.snapshot()).toEqual([]);
    expect(tools.end).toHaveBeenCalledWith(ADDRESS);
    expect(shelf.records.size).toBe(0);
  });

  test("is taken up after a reload where it was", async () => {
    add("a");
    last().onAddress(ADDRESS);
    await settle();
    queue.stop();
    queue = new UploadQueue("ada", tools);
    queue.start();
    await settle();
    expect(phases()).toEqual(["sending"]);
    expect(last()).toMatchObject({ address: ADDRESS, metadata: { filename: "a" } });
  });

  test("asks for the file again where the browser could not keep it, and takes no other", async () => {
    add("a");
    await settle();
    queue.stop();
    shelf.files.clear();
    queue = new UploadQueue("ada", tools);
    queue.start();
    await settle();
    expect(phases()).toEqual(["missing"]);
    const { lastModified } = last().file;
    expect(queue.give(first(), new File(["0123456789"], "b", { lastModified }))).toBe(false);
    expect(queue.give(first(), new File(["0123456789"], "a", { lastModified }))).toBe(true);
    expect(phases()).toEqual(["sending"]);
  });

  test("shows nothing of another account's", async () => {
    add("a");
    await settle();
    queue.stop();
    queue = new UploadQueue("bob", tools);
    queue.start();
    await settle();
    expect(queue.snapshot()).toEqual([]);
  });

  test("gives up an attempt that has gone silent, and tries again", async () => {
    add("a");
    last().onProgress(3);
    await vi.advanceTimersByTimeAsync(45_000);
    expect(phases()).toEqual(["held"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(phases()).toEqual(["sending"]);
  });

  test("gives up an attempt that never says anything", async () => {
    add("a");
    await vi.advanceTimersByTimeAsync(45_000);
    expect(phases()).toEqual(["held"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(2);
  });

  test("asks what became of it when the last answer does not come", async () => {
    tools.tell.mockResolvedValue(told({ meeting_id: "meeting" }));
    add("a");
    last().onAddress(ADDRESS);
    last().onProgress(10);
    await vi.advanceTimersByTimeAsync(599_999);
    expect(phases()).toEqual(["finishing"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(stopped).toHaveBeenCalled();
    expect(queue.snapshot()[0]).toMatchObject({ phase: "done", meetingId: "meeting" });
  });

  test("goes on with the same upload when it is still examined by then", async () => {
    tools.tell.mockResolvedValue(told({ state: "RECEIVED" }));
    add("a");
    last().onAddress(ADDRESS);
    last().onProgress(10);
    await vi.advanceTimersByTimeAsync(601_000);
    expect(sent).toHaveLength(2);
    expect(last().address).toBe(ADDRESS);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(phases()).toEqual(["sending"]);
  });
});
