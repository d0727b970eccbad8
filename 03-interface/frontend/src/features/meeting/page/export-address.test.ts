import { describe, expect, test } from "vitest";

import { DEFAULTS, exportAddress, fileName } from "./export-address";

const query = (address: string) => Object.fromEntries(new URL(address, "http://x").searchParams);

describe("exports", () => {
  test("of text name speakers and times", () => {
    expect(query(exportAddress("m", { ...DEFAULTS, times: false }))).toEqual({
      download: "true",
      format: "txt",
      speakers: "true",
      times: "false",
    });
  });

  test("of subtitles name the lines", () => {
    expect(query(exportAddress("m", { ...DEFAULTS, format: "srt" }))).toEqual({
      download: "true",
      format: "srt",
      speakers: "true",
      line_length: "42",
      max_lines: "2",
      reading_speed: "17",
    });
  });

  test("for programs name nothing else", () => {
    expect(query(exportAddress("m", { ...DEFAULTS, format: "json" }))).toEqual({
      download: "true",
      format: "json",
    });
  });

  test.each([
    ["attachment; filename=\"R_union.srt\"; filename*=UTF-8''R%C3%A9union.srt", "Réunion.srt"],
    ['attachment; filename="Weekly.txt"', "Weekly.txt"],
    [null, "transcript"],
  ])("take the file's name from %s", (header, name) => {
    expect(fileName(header, "transcript")).toBe(name);
  });
});
