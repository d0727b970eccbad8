import { describe, expect, test } from "vitest";

import { ACTIONS, actionOf, KEYS } from "./shortcuts";

const press = (key: string, modifiers: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
});

describe("shortcuts", () => {
  test("space and the letter of every player do the same", () => {
    expect(actionOf(press(" "), true)).toBe("toggle");
    expect(actionOf(press("K"), true)).toBe("toggle");
  });

  test("keys with a modifier belong to the browser", () => {
    expect(actionOf(press("f", { ctrlKey: true }), true)).toBeUndefined();
    expect(actionOf(press("ArrowLeft", { altKey: true }), true)).toBeUndefined();
  });

  test("whoever turns letters off keeps space and arrows", () => {
    expect(actionOf(press("j"), false)).toBeUndefined();
    expect(actionOf(press("?"), false)).toBeUndefined();
    expect(actionOf(press("ArrowLeft"), false)).toBe("back");
    expect(actionOf(press(" "), false)).toBe("toggle");
  });

  test("no key does two things", () => {
    const keys = ACTIONS.flatMap((action) => KEYS[action]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
