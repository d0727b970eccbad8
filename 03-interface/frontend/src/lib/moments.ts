/** Dates as people say them: how long ago or until then, and exactly, in the reader's own time zone. */

const SMALLEST = 45;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number, number])[] = [
  ["minute", 60, 45 * 60],
  ["hour", 3600, 22 * 3600],
  ["day", 86_400, 26 * 86_400],
  ["month", 30.44 * 86_400, 320 * 86_400],
  ["year", 365.25 * 86_400, Infinity],
];

/** "3 hours ago", "in 2 days", "now". */
export function relatively(locale: string, at: string | Date, now: Date): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
  const far = Math.abs(seconds);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const [unit, length] = UNITS.find(([, , upTo]) => far < upTo) ?? ["second", 1];
  return far < SMALLEST
    ? format.format(0, "second")
    : format.format(Math.sign(seconds) * Math.max(1, Math.round(far / length)), unit);
}

/** "21 November 2026 at 17:30:05". */
export function exactly(locale: string, at: string | Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "medium" }).format(new Date(at));
}

/** "21 November 2026". */
export function dayOf(locale: string, at: string | Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(at));
}
