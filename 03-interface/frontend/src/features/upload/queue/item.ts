/** A recording on its way to the gateway, as the page shows it. */
import type { Problem } from "@/api/problem";

/**
 * - waiting: for one of the few places
 * - finishing: every byte has arrived; the gateway looks at the recording
 * - held: something is in the way that may pass; it goes on by itself
 * - locked: the browser wants to be asked before the file is read again
 * - missing: the file has to be chosen again
 */
export type Phase =
  "waiting" | "sending" | "finishing" | "held" | "paused" | "locked" | "missing" | "failed" | "done";

export type Metadata = Readonly<Record<string, string>>;

export interface Item {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** Bytes. */
  readonly size: number;
  readonly phase: Phase;
  /** Bytes that are on their way or have arrived. */
  readonly sent: number;
  /** Bytes a second; null: not known yet. */
  readonly speed: number | null;
  readonly problem: Problem | null;
  /** Whether it goes on by itself after the page is closed. */
  readonly safe: boolean;
  readonly meetingId: string | null;
  /** Meetings with the very same recording. */
  readonly duplicates: readonly string[];
}

/** Those that take one of the places. */
export const UNDER_WAY: ReadonlySet<Phase> = new Set(["sending", "finishing", "held"]);

/** Those that are not over. */
export const OPEN: ReadonlySet<Phase> = new Set([
  "waiting",
  "sending",
  "finishing",
  "held",
  "paused",
  "locked",
  "missing",
]);

/** What is known of a file without having it. */
export interface Known {
  name: string;
  size: number;
  lastModified: number;
}

/** Whether it is the same file, as far as that can be told without reading it. */
export function sameFile(one: Known, other: Known): boolean {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

/** Works on pages without a secure context as well, where crypto.randomUUID is missing. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
