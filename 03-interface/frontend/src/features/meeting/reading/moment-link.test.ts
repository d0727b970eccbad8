import { describe, expect, test } from "vitest";

import { askedMoment, momentAddress } from "./moment-link";

const asked = (query: string) => askedMoment(new URLSearchParams(query));

describe("the address of a moment", () => {
  test("names the second and the segment", () => {
    expect(momentAddress("https://scribe.example", "m", 12.3456, 7)).toBe(
      "https://scribe.example/meetings/m?t=12.35&segment=7",
    );
  });

  test("does without a segment that is not saved yet", () => {
    expect(momentAddress("https://scribe.example", "m", 3, undefined)).toBe(
      "https://scribe.example/meetings/m?t=3",
    );
  });

  test("is read back", () => {
    expect(asked("t=12.35&segment=7&play=1")).toEqual({ seconds: 12.35, segment: 7, play: true });
  });

  test("asks for nothing where it is nonsense", () => {
    expect(asked("t=soon&segment=-1")).toEqual({ seconds: null, segment: null, play: false });
  });
});
