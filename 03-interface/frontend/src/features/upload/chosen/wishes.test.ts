import { describe, expect, test } from "vitest";

import { faults, metadataOf, NO_WISHES, titleFrom } from "./wishes";

const FILE = { name: "talk.mp3", title: " Talk " };

describe("what the gateway is told", () => {
  test("is the file's name and title where nothing is asked for", () => {
    expect(metadataOf(NO_WISHES, FILE)).toEqual({ filename: "talk.mp3", title: "Talk" });
  });

  test("one language is spoken throughout, several are found out", () => {
    expect(metadataOf({ ...NO_WISHES, languages: ["fr"] }, FILE)).toMatchObject({ language: "fr" });
    expect(metadataOf({ ...NO_WISHES, languages: ["fr", "en"] }, FILE)).toMatchObject({ languages: "fr,en" });
  });

  test("only the numbers of speakers that are asked for", () => {
    const wishes = { ...NO_WISHES, exact: "3", least: "2", most: "4" };
    expect(metadataOf({ ...wishes, speakers: "exact" }, FILE)).not.toHaveProperty("min_speakers");
    expect(metadataOf({ ...wishes, speakers: "between" }, FILE)).toMatchObject({
      min_speakers: "2",
      max_speakers: "4",
    });
  });

  test("terms are one a line, without blank ones", () => {
    expect(metadataOf({ ...NO_WISHES, vocabulary: " Grafana\n\nVéronique " }, FILE)).toMatchObject({
      vocabulary: "Grafana\nVéronique",
    });
  });
});

describe("wishes that would be refused", () => {
  test.each([
    [{ speakers: "exact", exact: "51" }, ["speakers"]],
    [{ speakers: "between", least: "4", most: "2" }, ["speakers"]],
    [{ speakers: "between", least: "2", most: "" }, []],
    [{ vocabulary: "x\n".repeat(201) }, ["terms"]],
    [{ vocabulary: "x".repeat(101) }, ["termLength"]],
  ] as const)("%o", (change, expected) => {
    expect(faults({ ...NO_WISHES, ...change })).toEqual(expected);
  });
});

test.each([
  ["weekly_stand_up.mp3", "weekly stand up"],
  ["2026-03-04 Council.m4a", "2026-03-04 Council"],
  [".wav", ".wav"],
])("%s is called %s", (name, title) => {
  expect(titleFrom(name)).toBe(title);
});
