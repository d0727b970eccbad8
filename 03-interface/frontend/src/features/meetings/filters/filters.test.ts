import { describe, expect, test } from "vitest";

import { asQuery, countFilters, NO_FILTERS, readFilters, writeFilters } from "./filters";

const PROJECT = "0f8fad5b-d9cb-469f-a165-70867728950e";

describe("filters in the address", () => {
  test("none leave it empty", () => {
    expect(writeFilters(NO_FILTERS)).toBe("");
    expect(readFilters(new URLSearchParams())).toEqual(NO_FILTERS);
  });

  test("are read as they were written", () => {
    const filters = {
      ...NO_FILTERS,
      ...{ q: "budget & co", project: [PROJECT], status: ["FAILED", "CANCELLED"] as const },
      ...{ tag: ["q3", "a b"], speaker: "Zoë", language: "fr", from: "2026-01-31", to: "2026-02-28" },
      sort: "-duration" as const,
    };
    expect(readFilters(new URLSearchParams(writeFilters(filters)))).toEqual(filters);
  });

  test("what nobody could have meant is left out", () => {
    const params = new URLSearchParams(
      "project=x&status=NOPE&language=!&from=yesterday&to=2026-99-99&sort=best",
    );
    expect(readFilters(params)).toEqual(NO_FILTERS);
  });
});

describe("the gateway is asked", () => {
  test("for whole days of the reader's time zone, the last one included", () => {
    const query = asQuery({ ...NO_FILTERS, from: "2026-01-31", to: "2026-01-31" });
    const length = new Date(query.to ?? "").getTime() - new Date(query.from ?? "").getTime();
    expect(length).toBe(24 * 3600 * 1000);
    expect(new Date(query.from ?? "").getHours()).toBe(0);
  });

  test("for nothing where nothing is set", () => {
    expect(asQuery(NO_FILTERS)).toEqual({ project_id: [], status: [], tag: [] });
  });
});

test("the search and the order are no filters", () => {
  expect(countFilters({ ...NO_FILTERS, q: "x", sort: "title" })).toBe(0);
  expect(countFilters({ ...NO_FILTERS, tag: ["a", "b"], speaker: "Ada" })).toBe(3);
});
