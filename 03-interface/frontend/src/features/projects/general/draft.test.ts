import { expect, test } from "vitest";

import type { Project } from "@/api/projects";

import { changeOf, draftOf } from "./draft";
import { terms } from "./reading";

const PROJECT: Project = {
  id: "1",
  name: "Council",
  description: "",
  personal: false,
  role: "owner",
  permissions: ["read", "manage"],
  meetings: 0,
  language: null,
  options: {
    languages: ["fr", "en"],
    speakers: 4,
    vocabulary: ["Grafana"],
    "faster-whisper": { beam_size: 5 },
  },
  glossary: [],
  retention_days: null,
  created_at: "2026-11-21T12:00:00Z",
  updated_at: "2026-11-21T12:00:00Z",
};

test("a form that nobody touched asks for nothing", () => {
  expect(changeOf(draftOf(PROJECT), draftOf(PROJECT))).toEqual({});
});

test("one language takes the several away", () => {
  const before = draftOf(PROJECT);
  expect(changeOf(before, { ...before, spoken: "one", language: "fr" })).toEqual({
    language: "fr",
    languages: null,
  });
});

test("bounds take the exact number of speakers away", () => {
  const before = draftOf(PROJECT);
  expect(changeOf(before, { ...before, counted: "between", fewest: "2", most: "" })).toEqual({
    speakers: null,
    min_speakers: 2,
  });
});

test("an emptied vocabulary is taken back", () => {
  const before = draftOf(PROJECT);
  expect(changeOf(before, { ...before, vocabulary: " \n" })).toEqual({ vocabulary: null });
});

test("terms are one a line, each once", () => {
  expect(terms(" Grafana\n\nVéronique  Dupont\nGrafana")).toEqual(["Grafana", "Véronique Dupont"]);
});
