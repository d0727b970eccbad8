import { expect, test } from "vitest";

import { roughly, secondsLeft } from "./time-left";

test("nobody knows how long it takes while nothing moves", () => {
  expect(secondsLeft(100, 10, null)).toBeNull();
  expect(secondsLeft(100, 10, 0)).toBeNull();
});

test("the rest takes as long as the speed says", () => {
  expect(secondsLeft(100, 40, 2)).toBe(30);
});

test("what is left is told in minutes, rounded up", () => {
  expect(roughly(5)).toEqual({ hours: 0, minutes: 1 });
  expect(roughly(3_661)).toEqual({ hours: 1, minutes: 2 });
});
