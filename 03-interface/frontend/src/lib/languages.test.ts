import { expect, test } from "vitest";

import { languageName, LANGUAGES, languagesByName } from "./languages";

test("a language is called as the reader calls it", () => {
  expect(languageName("en", "fr")).toBe("French");
  expect(languageName("fr", "en-GB")).toContain("anglais");
});

test("what is no language stays as it is written", () => {
  expect(languageName("en", "no such tag")).toBe("no such tag");
});

test("every code has a name in both languages of the interface", () => {
  expect(LANGUAGES.filter((tag) => languageName("en", tag) === tag)).toEqual([]);
  expect(LANGUAGES.filter((tag) => languageName("fr", tag) === tag)).toEqual([]);
});

test("they are sorted by name and not by code", () => {
  const names = languagesByName("fr").map(({ name }) => name);
  expect(names.indexOf("allemand")).toBeLessThan(names.indexOf("français"));
});
