import { describe, expect, test } from "vitest";

import { Speedometer } from "./speedometer";

describe("the speed of an upload", () => {
  test("is not told before there is a second to measure", () => {
    const meter = new Speedometer();
    meter.note(0, 0);
    meter.note(900, 1000);
    expect(meter.speed).toBeNull();
  });

  test("is that of the last seconds", () => {
    const meter = new Speedometer();
    meter.note(0, 0);
    meter.note(1_000, 1_000_000);
    meter.note(10_000, 1_000_000);
    meter.note(14_000, 1_400_000);
    expect(meter.speed).toBe(100_000);
  });
});
