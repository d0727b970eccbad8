/** The conflicts that wait for a decision, kept true while the transcript goes on. */
import type { Conflict, Contents, Segment } from "./types";

/** Their side as it is by now. */
export function refreshed(conflicts: readonly Conflict[], contents: Contents): readonly Conflict[] {
  const now = new Map(contents.segments.map((segment) => [segment.id, segment]));
  return conflicts.map((conflict) => ({
    ...conflict,
    theirs: conflict.theirs
      .map(({ id }) => now.get(id))
      .filter((segment) => segment !== undefined)
      .map(versionOf),
  }));
}

/** Every one of them, also where a second one is about the same segments. */
export function distinct(conflicts: readonly Conflict[]): readonly Conflict[] {
  const taken = new Set<string>();
  return conflicts.map((conflict) => {
    let { id } = conflict;
    while (taken.has(id)) id += "'";
    taken.add(id);
    return { ...conflict, id };
  });
}

/** What somebody wrote into a segment that reads differently by now, or is gone. */
export function written(seen: Segment, text: string, now: Segment | undefined): Conflict {
  const mine = { ...versionOf(seen), text };
  return { id: String(seen.id), mine: [mine], theirs: now ? [versionOf(now)] : [] };
}

/** The conflict that waits about a segment, with another text of mine in it; null where none waits. */
export function rewrittenIn(
  conflicts: readonly Conflict[],
  segment: number,
  text: string,
): readonly Conflict[] | null {
  const found = conflicts.find((conflict) => conflict.mine.some(({ id }) => id === segment));
  if (!found) {
    return null;
  }
  const mine = found.mine.map((version) => (version.id === segment ? { ...version, text } : version));
  return conflicts.map((conflict) => (conflict === found ? { ...conflict, mine } : conflict));
}

export function versionOf({ id, start, speaker, text }: Segment): Conflict["mine"][number] {
  return { id, start, speaker, text };
}
