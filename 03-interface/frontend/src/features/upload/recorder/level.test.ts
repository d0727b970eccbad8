import { expect, test } from "vitest";

import { loudness } from "./level";

test("silence has no loudness, and full scale has all of it", () => {
  expect(loudness(new Float32Array(64))).toBe(0);
  expect(loudness(new Float32Array(64).fill(1))).toBe(1);
});

test("half the scale in decibels is half the loudness", () => {
  expect(loudness(new Float32Array(64).fill(10 ** (-30 / 20)))).toBeCloseTo(0.5);
});
