/** How it stands with saving, and which problems end by themselves. */
import { Problem } from "@/api/problem";

import type { SaveState } from "./types";

/** Somebody was faster: the revision that was edited is not the current one any more. */
export function isStale(error: unknown): boolean {
  return error instanceof Problem && error.status === 412;
}

/** The gateway will not take it however often it is asked; a session that ended comes back. */
export function isRefused(error: unknown): boolean {
  return !(error instanceof Problem) || !(error.mayPass || error.status === 401);
}

interface Circumstances {
  readonly problem: unknown;
  readonly conflicts: number;
  readonly sending: boolean;
  readonly pending: number;
}

/** The state; the one before where it is the same, so that nobody draws it anew. */
export function saveState(before: SaveState, now: Circumstances): SaveState {
  const next = stateOf(now);
  const problems = [before, next].map((state) => ("problem" in state ? state.problem : null));
  return before.state === next.state && problems[0] === problems[1] ? before : next;
}

function stateOf({ problem, conflicts, sending, pending }: Circumstances): SaveState {
  if (problem !== null) {
    return { state: isRefused(problem) ? "refused" : "waiting", problem };
  }
  if (conflicts > 0) {
    return { state: "conflict" };
  }
  return { state: sending ? "saving" : pending > 0 ? "pending" : "saved" };
}
