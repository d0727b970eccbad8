/** What follows from a problem on the way: renew the session, try again, ask what became of it, or give up. */
import type { Problem } from "@/api/problem";

export type Verdict =
  { act: "renew" } | { act: "again"; afterMs: number } | { act: "ask" } | { act: "give-up" };

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
/** Somebody else writes, the offset is not ours, or bytes were damaged: asking anew puts it right. */
const SOON = new Set([408, 409, 423, 460]);

/** `failures`: how many came just before; `begun`: whether the gateway has given the upload an address. */
export function verdict(problem: Problem, failures: number, begun: boolean): Verdict {
  if (problem.status === 401) {
    return { act: "renew" };
  }
  if (begun && (problem.status === 404 || problem.status === 410)) {
    return { act: "ask" };
  }
  if (problem.mayPass || SOON.has(problem.status) || problem.code === "UPLOAD_INTERRUPTED") {
    return { act: "again", afterMs: Math.max(again(failures), (problem.retryAfterSeconds ?? 0) * 1000) };
  }
  return { act: "give-up" };
}

/** How long to wait before the next attempt: twice as long each time, and nothing before the first. */
export function again(failures: number): number {
  return failures < 0 ? 0 : Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);
}
