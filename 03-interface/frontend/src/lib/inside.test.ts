import { describe, expect, test } from "vitest";

import { insideOnly } from "./inside";

const HERE = "https://scribe.example";

describe("where one goes on to after signing in", () => {
  test.each(["/meetings/1?q=a#t=12", "/", "/settings"])("%s is ours", (next) => {
    expect(insideOnly(next, HERE)).toBe(next);
  });

  test.each([
    null,
    "",
    "meetings",
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/sign-in?next=/sign-in",
    "//",
    "/.//evil.example",
    "/x/..//evil.example",
  ])("%j leads home", (next) => {
    expect(insideOnly(next, HERE)).toBe("/");
  });
});
