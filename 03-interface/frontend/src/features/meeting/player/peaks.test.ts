import { describe, expect, test } from "vitest";

import { thinned } from "./peaks";

describe("thinned peaks", () => {
  test("keep the loudest of each stretch, from 0 to 1", () => {
    expect([...thinned([0, 255, 51, 0], 2)]).toEqual([1, expect.closeTo(0.2)]);
  });

  test("are all of them where there are few", () => {
    expect(thinned([255, 0, 255], 10)).toHaveLength(3);
  });
});
