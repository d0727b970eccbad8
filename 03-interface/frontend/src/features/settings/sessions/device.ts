/** What a User-Agent says of a browser or a program, as far as people care. */

export interface Device {
  /** As it calls itself; null where it says nothing. */
  program: string | null;
  system: string | null;
}

// The order matters: nearly every browser also claims to be Chrome, Safari and Mozilla.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\bHeadlessChrome\//, "Chrome"],
  [/\b(?:Chrome|CriOS)\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

export function deviceOf(userAgent: string): Device {
  const system = match(SYSTEMS, userAgent);
  const browser = match(BROWSERS, userAgent);
  if (browser) {
    return { program: browser, system };
  }
  const [first = ""] = userAgent.trim().split(/[\s/]/);
  return { program: first && first !== "Mozilla" ? first : null, system };
}

/** Whether it is held in the hand. */
export function isHandheld({ system }: Device): boolean {
  return system === "iPhone" || system === "iPad" || system === "Android";
}

function match(known: readonly (readonly [RegExp, string])[], text: string): string | null {
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
