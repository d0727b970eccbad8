import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { networkProblem, Problem } from "@/api/problem";

import { editText, opened, said, texts } from "./fixtures";
import type { TranscriptGateway } from "./gateway";
import { openTranscript } from "./open";
import { LONGEST_PAUSE_MS, PAUSE_MS } from "./pace";
import { keepMine, resolution } from "./resolve";
import type { Operation } from "./types";

const down = () => new Problem(503, { code: "DATABASE_UNAVAILABLE", message: "" });
const three = () => opened(said(1, "one"), said(2, "two words", "S2"), said(3, "three"));

/** Long enough for everything that waits to be saved. */
const settle = () => vi.advanceTimersByTimeAsync(60_000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("saving", () => {
  test("an edit is on the screen at once and saved after a pause", async () => {
    const { store, gateway } = three();
    store.edit([editText(1, "uno")]);
    expect(texts(store)).toEqual(["uno", "two words", "three"]);
    expect(store.saving.state).toBe("pending");
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    expect(gateway.requests).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(gateway.requests).toEqual([{ seen: 1, operations: [editText(1, "uno")] }]);
    expect(store).toMatchObject({ revision: 2, saving: { state: "saved" }, unsaved: false });
  });

  test("one sitting at a text is one operation", async () => {
    const { store, gateway } = three();
    for (const text of ["u", "un", "uno"]) store.edit([editText(1, text)], "sitting");
    await settle();
    expect(gateway.requests).toHaveLength(1);
    expect(gateway.requests[0]?.operations).toEqual([editText(1, "uno")]);
  });

  test("whoever never pauses is saved all the same", async () => {
    const { store, gateway } = three();
    for (let waited = 0; waited <= LONGEST_PAUSE_MS; waited += 500) {
      store.edit([editText(1, `uno ${waited}`)], "sitting");
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(gateway.requests.length).toBeGreaterThan(0);
  });

  test("segments that nobody touched stay the same objects through a save", async () => {
    const { store } = three();
    const [, second, third] = store.segments;
    store.edit([editText(1, "uno")]);
    await settle();
    expect(store.segments[1]).toBe(second);
    expect(store.segments[2]).toBe(third);
  });

  test("a new segment keeps its id on the page and goes by the gateway's when it is named", async () => {
    const { store, gateway } = three();
    const [created = 0] = store.edit([{ op: "split_segment", segment: 2, at: 1 }]) ?? [];
    store.edit([editText(created, "worlds")]);
    await settle();
    expect(gateway.requests.map(({ operations }) => operations)).toEqual([
      [{ op: "split_segment", segment: 2, at: 1 }],
      [editText(4, "worlds")],
    ]);
    expect(store.segments.map(({ id }) => id)).toEqual([1, 2, created, 3]);
    expect(store.gatewayId(created)).toBe(4);
    expect(store.byGatewayId(4)?.text).toBe("worlds");
    expect(texts(gateway.newest)).toEqual(["one", "two", "worlds", "three"]);
  });

  test("what is edited while a save is on its way goes with the next one", async () => {
    const { store, gateway } = three();
    store.edit([editText(1, "uno")]);
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    const saved = vi.advanceTimersByTimeAsync(1);
    store.edit([editText(1, "uno due")]);
    await saved;
    await settle();
    expect(texts(gateway.newest)[0]).toBe("uno due");
    expect(texts(store)[0]).toBe("uno due");
  });

  test("an operation that does not fit does nothing", () => {
    const { store } = three();
    expect(store.edit([editText(9, "x")])).toBeNull();
    expect(store.unsaved).toBe(false);
  });
});

describe("when nothing answers", () => {
  test("the queue waits, says so, and goes on by itself", async () => {
    const { store, gateway } = three();
    gateway.failures = [networkProblem(), down()];
    store.edit([editText(1, "uno")]);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(store.saving.state).toBe("waiting");
    store.edit([editText(3, "tre")]);
    await settle();
    expect(store.saving.state).toBe("saved");
    expect(texts(gateway.newest)).toEqual(["uno", "two words", "tre"]);
  });

  test("a session that ended keeps everything until there is one again", async () => {
    const { store, gateway } = three();
    gateway.failures = [new Problem(401, { code: "TOKEN_EXPIRED", message: "" })];
    store.edit([editText(1, "uno")]);
    await settle();
    expect(store.saving.state).toBe("waiting");
    store.flush();
    await settle();
    expect(texts(gateway.newest)[0]).toBe("uno");
  });

  test("a request whose answer got lost is not made twice", async () => {
    const { store, gateway } = three();
    gateway.failures = ["lost"];
    const [created = 0] = store.edit([{ op: "split_segment", segment: 2, at: 1 }]) ?? [];
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    store.edit([editText(created, "worlds")]);
    await settle();
    expect(texts(gateway.newest)).toEqual(["one", "two", "worlds", "three"]);
    expect(store.segments.map(({ id }) => id)).toEqual([1, 2, created, 3]);
    expect(store.conflicts).toEqual([]);
  });

  test("a lost answer and somebody else's edit behind it are told apart", async () => {
    const { store, gateway } = three();
    gateway.failures = ["lost"];
    store.edit([editText(1, "uno")]);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    gateway.elsewhere(editText(1, "ein"));
    await settle();
    expect(store.conflicts).toEqual([]);
    expect(texts(store)[0]).toBe("ein");
    expect(gateway.newest.revision).toBe(3);
  });

  test("what the gateway refuses stays on the screen until somebody gives it up", async () => {
    const { store, gateway } = three();
    gateway.failures = [new Problem(403, { code: "ROLE_TOO_SMALL", message: "" })];
    store.edit([editText(1, "uno")]);
    await settle();
    expect(store.saving.state).toBe("refused");
    expect(texts(store)[0]).toBe("uno");
    store.discard();
    await settle();
    expect(texts(store)[0]).toBe("one");
    expect(store.saving.state).toBe("saved");
  });
});

describe("while a save is on its way", () => {
  test.each<[string, Operation[]]>([
    ["another segment", [editText(1, "uno")]],
    ["the same segment", [editText(3, "drei")]],
    ["a segment that it deletes", [{ op: "delete_segment", segment: 3 }]],
  ])("a discard loses nothing that is written after it: %s", async (_, givenUp) => {
    const { store, gateway } = three();
    const answer = gateway.holdBack();
    store.edit(givenUp);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    store.discard();
    store.edit([editText(3, "tre")]);
    answer();
    await settle();
    const kept = [
      ...texts(gateway.newest),
      ...store.conflicts.flatMap(({ mine }) => mine.map(({ text }) => text)),
    ];
    expect(kept).toContain("tre");
  });

  test("whoever leaves has the next request outlive the page, however often that is told", async () => {
    const { store, gateway } = three();
    const send = vi.spyOn(gateway as TranscriptGateway, "send");
    const answer = gateway.holdBack();
    store.edit([editText(1, "uno")]);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    store.edit([editText(3, "tre")]);
    store.flush(true);
    store.flush(true);
    answer();
    await settle();
    store.edit([editText(2, "due")]);
    await settle();
    expect(send.mock.calls.map(([, , leaving]) => leaving)).toEqual([false, true, false]);
  });
});

describe("somebody else", () => {
  test("is followed while nothing waits", async () => {
    const { store, gateway } = three();
    const [, second] = store.segments;
    store.follow(gateway.elsewhere(editText(1, "ein")));
    await settle();
    expect(texts(store)).toEqual(["ein", "two words", "three"]);
    expect(store.segments[1]).toBe(second);
  });

  test("who changed other segments is not noticed", async () => {
    const { store, gateway } = three();
    store.edit([editText(3, "tre")]);
    gateway.elsewhere(editText(1, "ein"));
    await settle();
    expect(texts(gateway.newest)).toEqual(["ein", "two words", "tre"]);
    expect(texts(store)).toEqual(["ein", "two words", "tre"]);
    expect(store.saving.state).toBe("saved");
  });

  test("who changed the same segment makes a conflict in which neither text is lost", async () => {
    const { store, gateway, vault } = three();
    store.edit([editText(1, "uno"), editText(3, "tre")]);
    gateway.elsewhere(editText(1, "ein"));
    await settle();
    expect(store.saving.state).toBe("conflict");
    expect(store.conflicts).toMatchObject([{ mine: [{ text: "uno" }], theirs: [{ text: "ein" }] }]);
    expect(texts(gateway.newest)).toEqual(["ein", "two words", "tre"]);
    expect(vault.kept?.conflicts).toHaveLength(1);
  });

  test.each([
    ["mine", "uno"],
    ["theirs", "ein"],
    ["edited", "ein, uno"],
  ])("and a conflict can be ended with %s", async (choice, text) => {
    const { store, gateway, vault } = three();
    store.edit([editText(1, "uno")]);
    gateway.elsewhere(editText(1, "ein"));
    await settle();
    const [conflict] = store.conflicts;
    if (!conflict) throw new Error("there is no conflict");
    const edits = {
      mine: () => keepMine(conflict, store),
      theirs: () => [],
      edited: () => resolution(conflict, store, "ein, uno"),
    }[choice];
    store.resolve(conflict, edits?.() ?? []);
    await settle();
    expect(texts(gateway.newest)[0]).toBe(text);
    expect(store).toMatchObject({ saving: { state: "saved" }, unsaved: false });
    expect(vault.kept).toBeNull();
  });

  test("who deletes what I am writing in leaves my words to me", async () => {
    const { store, gateway } = three();
    const [, second] = store.segments;
    if (!second) throw new Error("no segment");
    store.follow(gateway.elsewhere({ op: "delete_segment", segment: 2 }));
    await settle();
    store.write(second, "two good words", "sitting");
    const [conflict] = store.conflicts;
    expect(conflict).toMatchObject({ mine: [{ text: "two good words" }], theirs: [] });
    if (conflict) store.resolve(conflict, keepMine(conflict, store));
    expect(texts(store)).toEqual(["one two good words", "three"]);
  });

  test("who changes what I am writing in is not written over", async () => {
    const { store, gateway } = three();
    const [first] = store.segments;
    if (!first) throw new Error("no segment");
    store.follow(gateway.elsewhere(editText(1, "ein")));
    await settle();
    store.write(first, "uno", "sitting");
    store.write({ ...first, text: "uno" }, "uno due", "sitting");
    expect(texts(store)[0]).toBe("ein");
    expect(store.conflicts).toMatchObject([{ mine: [{ text: "uno due" }], theirs: [{ text: "ein" }] }]);
  });
});

describe("undo", () => {
  test("what is still here is as if it had never been", async () => {
    const { store, gateway } = three();
    store.edit([editText(1, "uno")]);
    store.undo();
    expect(texts(store)[0]).toBe("one");
    await settle();
    expect(gateway.requests).toEqual([]);
    store.redo();
    await settle();
    expect(texts(gateway.newest)[0]).toBe("uno");
  });

  test("works for many steps, also for those that are saved", async () => {
    const { store, gateway } = three();
    store.edit([editText(1, "uno")]);
    await settle();
    store.edit([{ op: "set_speaker", segment: 2, speaker: "S1" }]);
    const [created = 0] = store.edit([{ op: "split_segment", segment: 2, at: 1 }]) ?? [];
    await settle();
    store.edit([{ op: "merge_segments", segment: created, next: 3 }]);
    await settle();
    for (let step = 0; step < 4; step += 1) {
      store.undo();
      await settle();
    }
    expect(texts(gateway.newest)).toEqual(["one", "two words", "three"]);
    expect(store.segments.map(({ id, speaker }) => [id, speaker])).toEqual([
      [1, "S1"],
      [2, "S2"],
      [3, "S1"],
    ]);
    expect(store.canUndo).toBe(false);
    for (let step = 0; step < 4; step += 1) store.redo();
    await settle();
    expect(texts(gateway.newest)).toEqual(["uno", "two", "words three"]);
    expect(texts(store)).toEqual(["uno", "two", "words three"]);
  });

  test("a sitting that was saved in between is one step", async () => {
    const { store, gateway } = three();
    store.edit([editText(1, "un")], "sitting");
    await settle();
    store.edit([editText(1, "uno")], "sitting");
    store.undo();
    await settle();
    expect(texts(gateway.newest)[0]).toBe("one");
    expect(store.canUndo).toBe(false);
  });

  test("a sitting that is abandoned leaves no step behind", async () => {
    const { store, gateway } = three();
    store.edit([editText(1, "uno")], "sitting");
    await settle();
    store.abandon("sitting");
    await settle();
    expect(texts(gateway.newest)[0]).toBe("one");
    expect([store.canUndo, store.canRedo]).toEqual([false, false]);
  });

  test("a deleted segment comes back as it was, also when its deletion is saved", async () => {
    const { store, gateway } = three();
    const [, second] = store.segments;
    store.edit([{ op: "set_speaker", segment: 3, speaker: "S2" }]);
    store.edit([{ op: "delete_segment", segment: 2 }]);
    store.edit([editText(1, "uno")]);
    await settle();
    store.undo();
    store.undo();
    await settle();
    expect(store.segments[1]).toEqual(second);
    expect(texts(gateway.newest)).toEqual(["one", "two words", "three"]);
    expect(gateway.newest.segments[2]?.speaker).toBe("S2");
    store.redo();
    await settle();
    expect(texts(gateway.newest)).toEqual(["one", "three"]);
  });

  test("never undoes what somebody else did", async () => {
    const { store, gateway } = three();
    store.edit([editText(1, "uno")]);
    store.edit([editText(3, "tre")]);
    await settle();
    store.follow(gateway.elsewhere(editText(3, "drei")));
    await settle();
    store.undo();
    await settle();
    expect(texts(gateway.newest)).toEqual(["one", "two words", "drei"]);
    expect(store.canUndo).toBe(false);
  });

  test("a deletion is no step any more when somebody else has edited since", async () => {
    const { store, gateway } = three();
    store.edit([{ op: "delete_segment", segment: 2 }]);
    await settle();
    store.follow(gateway.elsewhere(editText(3, "drei")));
    await settle();
    expect(store.canUndo).toBe(false);
  });

  test("a replacement everywhere and a restored revision are steps", async () => {
    const { store, gateway } = three();
    store.edit([editText(3, "one more")]);
    await store.replaceAll({
      find: "one",
      replace: "uno",
      whole_words: true,
      match_case: false,
      add_to_glossary: false,
    });
    expect(texts(store)).toEqual(["uno", "two words", "uno more"]);
    store.undo();
    await settle();
    expect(texts(gateway.newest)).toEqual(["one", "two words", "one more"]);
    await store.restore(1);
    expect(texts(store)).toEqual(["one", "two words", "three"]);
    store.undo();
    await settle();
    expect(texts(gateway.newest)).toEqual(["one", "two words", "one more"]);
  });
});

describe("edits that do not fit any more", () => {
  test("are no step to undo, and break nothing", async () => {
    const { store, gateway } = three();
    const [created = 0] = store.edit([{ op: "split_segment", segment: 2, at: 1 }]) ?? [];
    store.edit([editText(created, "worlds")]);
    gateway.elsewhere(editText(2, "deux mots"));
    await settle();
    expect(store.conflicts).toHaveLength(1);
    store.undo();
    store.undo();
    expect(texts(store)).toEqual(["one", "deux mots", "three"]);
  });

  test("leave a conflict open that they should have ended", async () => {
    const { store, gateway } = three();
    store.edit([editText(1, "uno")]);
    gateway.elsewhere(editText(1, "ein"));
    await settle();
    const [conflict] = store.conflicts;
    if (!conflict) throw new Error("there is no conflict");
    expect(store.resolve(conflict, resolution(conflict, store, "x".repeat(20_001)))).toBe(false);
    expect(store.conflicts).toHaveLength(1);
  });

  test("made while everything is being replaced are not written over it", async () => {
    const { store } = three();
    const replaced = store.replaceAll({
      find: "one",
      replace: "uno",
      whole_words: true,
      match_case: false,
      add_to_glossary: false,
    });
    await Promise.resolve();
    store.edit([editText(1, "one more")]);
    await replaced;
    await settle();
    expect(texts(store)[0]).toBe("uno");
    expect(store.conflicts).toMatchObject([{ mine: [{ text: "one more" }], theirs: [{ text: "uno" }] }]);
  });
});

describe("a page that ends before all is saved", () => {
  test("leaves it to the next one, which goes on", async () => {
    const { store, gateway, vault } = three();
    gateway.failures = [networkProblem()];
    store.edit([editText(1, "uno")]);
    const [created = 0] = store.edit([{ op: "split_segment", segment: 2, at: 1 }]) ?? [];
    store.edit([editText(created, "worlds")]);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    store.close();
    if (vault.kept) vault.left = [vault.kept];

    const next = await openTranscript("m", gateway, vault);
    expect(texts(next)).toEqual(["uno", "two", "worlds", "three"]);
    expect(next.resumed).not.toBeNull();
    expect(vault.left).toEqual([]);
    await settle();
    expect(texts(gateway.newest)).toEqual(["uno", "two", "worlds", "three"]);
    expect(vault.kept).toBeNull();
  });

  test("whose last request arrived after all is not repeated", async () => {
    const { store, gateway, vault } = three();
    gateway.failures = ["lost"];
    store.edit([{ op: "split_segment", segment: 2, at: 1 }]);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    store.close();
    if (vault.kept) vault.left = [vault.kept];

    const next = await openTranscript("m", gateway, vault);
    await settle();
    expect(texts(next)).toEqual(["one", "two", "words", "three"]);
    expect(texts(gateway.newest)).toEqual(["one", "two", "words", "three"]);
    expect(gateway.newest.revision).toBe(2);
    expect(next.unsaved).toBe(false);
  });

  test("is not the only one: what several left is saved in turn", async () => {
    const { store, gateway, vault } = three();
    store.edit([editText(1, "uno")]);
    const first = store.kept();
    store.discard();
    store.edit([editText(3, "tre")]);
    vault.left = [first, store.kept()];
    store.close();

    const next = await openTranscript("m", gateway, vault);
    expect(texts(next)).toEqual(["one", "two words", "tre"]);
    expect(vault.left).toEqual([]);
    await settle();
    expect(texts(next)).toEqual(["uno", "two words", "tre"]);
    expect(texts(gateway.newest)).toEqual(["uno", "two words", "tre"]);
    expect(vault.kept).toBeNull();
  });

  test("leaves the others to later ones while somebody has to decide about the first", async () => {
    const { store, gateway, vault } = three();
    store.edit([editText(1, "uno")]);
    vault.left = [store.kept(), store.kept()];
    store.close();
    gateway.elsewhere(editText(1, "ein"));

    const next = await openTranscript("m", gateway, vault);
    expect(next.conflicts).toHaveLength(1);
    expect(vault.left).toHaveLength(1);
  });

  test("and somebody else who changed the same meanwhile make a conflict", async () => {
    const { store, gateway, vault } = three();
    gateway.failures = [networkProblem()];
    store.edit([editText(1, "uno"), editText(3, "tre")]);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    store.close();
    if (vault.kept) vault.left = [vault.kept];
    gateway.elsewhere(editText(1, "ein"));

    const next = await openTranscript("m", gateway, vault);
    await settle();
    expect(next.conflicts).toMatchObject([{ mine: [{ text: "uno" }], theirs: [{ text: "ein" }] }]);
    expect(texts(gateway.newest)).toEqual(["ein", "two words", "tre"]);
  });

  test("keeps an undone deletion, whose words are in an older revision", async () => {
    const { store, gateway, vault } = three();
    store.edit([{ op: "delete_segment", segment: 2 }]);
    await settle();
    store.undo();
    store.close();
    if (vault.kept) vault.left = [vault.kept];

    const next = await openTranscript("m", gateway, vault);
    expect(texts(next)).toEqual(["one", "two words", "three"]);
    await settle();
    expect(texts(gateway.newest)).toEqual(["one", "two words", "three"]);
  });

  test("closes quietly once nobody shows it and all is saved", async () => {
    const { store, vault } = three();
    const closed = vi.fn();
    const letGo = store.hold(closed);
    store.edit([editText(1, "uno")]);
    letGo();
    expect(closed).not.toHaveBeenCalled();
    await settle();
    expect(closed).toHaveBeenCalledOnce();
    expect(vault.closed).toBe(true);
  });
});
