import { describe, expect, test } from "vitest";

import { contentsOf, said } from "../model/fixtures";
import { assigning, onwards } from "./speaker-tasks";

const { segments, speakers } = contentsOf(
  said(1, "a", "S1"),
  said(2, "b", "S2"),
  said(3, "c", "S1"),
  said(4, "d", null),
);

describe("speakers", () => {
  test("from here on means what the same person says from here", () => {
    const [, , third] = segments;
    if (!third) throw new Error("no segment");
    expect(onwards(segments, third).map(({ id }) => id)).toEqual([3]);
    const [first] = segments;
    if (!first) throw new Error("no segment");
    expect(onwards(segments, first).map(({ id }) => id)).toEqual([1, 3]);
  });

  test("somebody new joins the speakers before anything is said by them", () => {
    const [added, ...assigned] = assigning(segments.slice(0, 2), { name: "Ada" }, speakers);
    expect(added).toMatchObject({ op: "add_speaker", name: "Ada" });
    expect(added && "speaker" in added && added.speaker).toMatch(/^[A-Za-z0-9._-]+$/);
    expect(assigned).toHaveLength(2);
  });

  test("whoever says it already is not asked to", () => {
    expect(assigning(segments.slice(0, 2), { id: "S2" }, speakers)).toEqual([
      { op: "set_speaker", segment: 1, speaker: "S2" },
    ]);
    expect(assigning(segments.slice(3), null, speakers)).toEqual([]);
  });
});
