import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { editText, opened, said, texts } from "../model/fixtures";
import { Sitting, tokensBefore } from "./sitting";

function sat() {
  const all = opened(said(1, "one"), said(2, "two words"));
  const [first] = all.store.segments;
  if (!first) throw new Error("no segment");
  return { ...all, first, sitting: new Sitting(all.store, first) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a sitting", () => {
  test("hands over what is typed without being asked", () => {
    const { store, sitting } = sat();
    sitting.type("uno");
    vi.advanceTimersByTime(300);
    expect(texts(store)).toEqual(["uno", "two words"]);
  });

  test("is one step of undo, however often one paused in it", async () => {
    const { store, sitting } = sat();
    for (const text of ["u", "un", "uno"]) {
      sitting.type(text);
      await vi.advanceTimersByTimeAsync(5_000);
    }
    sitting.finish();
    store.undo();
    expect(texts(store)).toEqual(["one", "two words"]);
  });

  test("does not delete a text that is empty for a moment", () => {
    const { store, sitting } = sat();
    sitting.type("");
    vi.advanceTimersByTime(300);
    sitting.commit();
    expect(texts(store)).toEqual(["one", "two words"]);
  });

  test("deletes a text that was emptied when it ends so", () => {
    const { store, sitting } = sat();
    sitting.type(" ");
    sitting.finish();
    expect(texts(store)).toEqual(["two words"]);
  });

  test("leaves no trace when it is abandoned", async () => {
    const { store, gateway, sitting } = sat();
    sitting.type("uno");
    await vi.advanceTimersByTimeAsync(5_000);
    sitting.type("uno due");
    sitting.abandon();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(texts(store)).toEqual(["one", "two words"]);
    expect(texts(gateway.newest)).toEqual(["one", "two words"]);
  });

  test("takes in what somebody else wrote while nothing was typed", async () => {
    const { store, gateway, sitting } = sat();
    store.follow(gateway.elsewhere(editText(1, "ein")));
    await vi.advanceTimersByTimeAsync(100);
    const [now] = store.segments;
    if (!now) throw new Error("no segment");
    expect(sitting.adopt(now)).toBe(true);
    expect(sitting.text).toBe("ein");
    sitting.finish();
    expect(store.conflicts).toEqual([]);
  });

  test("loses neither text when both wrote", async () => {
    const { store, gateway, sitting } = sat();
    sitting.type("uno");
    store.follow(gateway.elsewhere(editText(1, "ein")));
    await vi.advanceTimersByTimeAsync(100);
    const [now] = store.segments;
    if (!now) throw new Error("no segment");
    expect(sitting.adopt(now)).toBe(false);
    sitting.finish();
    expect(store.conflicts).toMatchObject([{ mine: [{ text: "uno" }], theirs: [{ text: "ein" }] }]);
  });

  test("writes nothing where nothing was typed", () => {
    const { store, sitting } = sat();
    sitting.commit();
    sitting.finish();
    expect(store.unsaved).toBe(false);
  });
});

describe("a caret", () => {
  test.each([
    ["one |two", 1],
    ["one| two", 1],
    ["one tw|o", 1],
    ["|one two", 0],
    ["one two|", 2],
  ])("in %s has so many words before it", (marked, count) => {
    expect(tokensBefore(marked.replace("|", ""), marked.indexOf("|"))).toBe(count);
  });
});
