/** Values of a project's options, which the gateway types loosely, as the fields of a form have them. */

export function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function asTexts(value: unknown): string[] {
  return Array.isArray(value) ? (value as unknown[]).filter((one) => typeof one === "string") : [];
}

/** A number as it is typed. */
export function asWhole(value: unknown): string {
  return typeof value === "number" ? String(value) : "";
}

/** The number that was typed; null: none. */
export function asOne(typed: string): number | null {
  return typed.trim() === "" ? null : Number(typed);
}

/** One term a line, each once, without blank lines. */
export function terms(typed: string): string[] {
  const lines = typed.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
  return [...new Set(lines.filter((line) => line !== ""))];
}
