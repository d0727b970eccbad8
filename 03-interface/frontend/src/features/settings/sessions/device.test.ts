import { describe, expect, test } from "vitest";

import { deviceOf, isHandheld } from "./device";

describe("a device in words", () => {
  test.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
      "Edge",
      "Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
      "Safari",
      "macOS",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1",
      "Chrome",
      "iPhone",
    ],
    [
      "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
      "Chrome",
      "Android",
    ],
    ["curl/8.14.1", "curl", null],
    ["python-httpx/0.28.1", "python-httpx", null],
    ["Mozilla/5.0", null, null],
    ["", null, null],
  ])("%s", (userAgent, program, system) => {
    expect(deviceOf(userAgent)).toEqual({ program, system });
  });

  test("a phone is held in the hand, a desk computer is not", () => {
    expect(isHandheld({ program: "Safari", system: "iPhone" })).toBe(true);
    expect(isHandheld({ program: "Safari", system: "macOS" })).toBe(false);
  });
});
