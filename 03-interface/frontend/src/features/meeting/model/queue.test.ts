import { describe, expect, test } from "vitest";

import { editText } from "./fixtures";
import { enqueue, MOST_OPERATIONS, nextBatch, withoutStep } from "./queue";
import type { Pending } from "./types";

const write = (segment: number, text: string, step = 1): Pending => ({
  operation: editText(segment, text),
  step,
});
const split = (segment: number, creates: number, step = 1): Pending => ({
  operation: { op: "split_segment", segment, at: 1 },
  creates,
  step,
});

describe("the queue", () => {
  test("a text that is written on replaces what waits of it", () => {
    const queue = enqueue([write(1, "a")], 0, write(1, "ab"));
    expect(queue).toEqual([write(1, "ab")]);
  });

  test("nothing replaces what is on its way", () => {
    expect(enqueue([write(1, "a")], 1, write(1, "ab"))).toHaveLength(2);
  });

  test("another segment, another step or an edit in between keeps both", () => {
    expect(enqueue([write(1, "a")], 0, write(2, "b"))).toHaveLength(2);
    expect(enqueue([write(1, "a")], 0, write(1, "b", 2))).toHaveLength(2);
    expect(enqueue([write(1, "a"), write(2, "b")], 0, write(1, "c"))).toHaveLength(3);
  });

  test("what names a segment that is being made waits for its id", () => {
    expect(nextBatch([split(1, -1), write(2, "x"), write(-1, "y")])).toBe(2);
    expect(nextBatch([split(1, -1), write(1, "x")])).toBe(2);
  });

  test("a segment that comes back under its old id waits for that as well", () => {
    expect(nextBatch([split(1, 2), write(2, "x")])).toBe(1);
  });

  test("what only a revision brings back begins a revision", () => {
    const deletion: Pending = { operation: { op: "delete_segment", segment: 1 }, step: 2, boundary: true };
    expect(nextBatch([write(1, "a"), deletion])).toBe(1);
    expect(nextBatch([deletion, write(2, "a")])).toBe(2);
  });

  test("an old revision goes alone", () => {
    const contents = { segments: [], speakers: [] };
    const restore: Pending = { operation: { op: "restore", revision: 1, contents }, step: 2 };
    expect(nextBatch([write(1, "a"), restore])).toBe(1);
    expect(nextBatch([restore, write(1, "a")])).toBe(1);
  });

  test("a request has room for so many only", () => {
    const many = Array.from({ length: MOST_OPERATIONS + 1 }, (_, place) => write(place + 1, "x"));
    expect(nextBatch(many)).toBe(MOST_OPERATIONS);
  });

  test("a step can be taken out while all of it waits at the end", () => {
    const queue = [write(1, "a", 1), write(2, "b", 2)];
    expect(withoutStep(queue, 0, 2)).toEqual([write(1, "a", 1)]);
    expect(withoutStep(queue, 0, 1)).toBeNull();
    expect(withoutStep(queue, 2, 2)).toBeNull();
    expect(withoutStep(queue, 0, 7)).toBeNull();
  });
});
