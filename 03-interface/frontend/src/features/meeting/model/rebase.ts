/** Make one's own edits to what somebody else has made of the transcript meanwhile. */
import { readAlike } from "./answers";
import { apply, EditRefused } from "./apply";
import { versionOf } from "./conflicts";
import { segmentsOf } from "./touching";
import type { Conflict, Contents, Edit, Pending, Segment } from "./types";
import { oneLine } from "./wording";

export interface Rebased {
  /** Theirs, and those of my edits on top that do not contradict it. */
  readonly contents: Contents;
  readonly pending: readonly Pending[];
  readonly conflicts: readonly Conflict[];
}

type Verdict = "apply" | "superfluous" | "conflict";

/**
 * Replay my edits beside each other on the contents that I saw and on theirs: where a segment reads
 * differently at the moment of an edit, the edit and all that follow it there become a conflict.
 */
export function rebase(base: Contents, theirs: Contents, pending: readonly Pending[]): Rebased {
  let mine = base;
  let contents = theirs;
  const kept: Pending[] = [];
  const groups = new Groups();
  for (const edit of pending) {
    const verdict = judge(edit, mine, contents, groups);
    mine = tried(mine, edit) ?? mine;
    if (verdict === "apply") {
      const after = tried(contents, edit);
      if (after) {
        contents = after;
        kept.push(edit);
        continue;
      }
    }
    if (verdict !== "superfluous") {
      placesOf(edit, contents).forEach((ids) => groups.join(ids));
    }
  }
  const conflicts = groups
    .all()
    .map((ids) => conflictOf(ids, mine, contents))
    .filter((conflict) => conflict !== null);
  return { contents, pending: kept, conflicts };
}

/** The edit made to the contents; null where it does not fit. */
export function tried(contents: Contents, edit: Edit): Contents | null {
  try {
    return apply(contents, [edit]);
  } catch (error) {
    if (error instanceof EditRefused) {
      return null;
    }
    throw error;
  }
}

/** The contents after those of the edits that fit. */
export function replayed(contents: Contents, edits: readonly Edit[]): Contents {
  return edits.reduce((seen, edit) => tried(seen, edit) ?? seen, contents);
}

function judge(edit: Edit, mine: Contents, theirs: Contents, groups: Groups): Verdict {
  const { operation } = edit;
  if (operation.op === "restore") {
    return readAlike(mine, theirs) ? "apply" : "conflict";
  }
  if (segmentsOf(edit).some((id) => groups.has(id))) {
    return "conflict";
  }
  if (!("segment" in operation)) {
    return tried(theirs, edit) ? "apply" : "superfluous";
  }
  const seen = find(mine, operation.segment);
  const there = find(theirs, operation.segment);
  if (!seen) {
    return "superfluous";
  }
  if (!there || !overlaps(seen, there)) {
    return operation.op === "edit_text" || operation.op === "split_segment" ? "conflict" : "superfluous";
  }
  switch (operation.op) {
    case "edit_text":
      if (there.text === seen.text) return "apply";
      return there.text === oneLine(operation.text) ? "superfluous" : "conflict";
    case "split_segment":
    case "delete_segment":
      return there.text === seen.text ? "apply" : "conflict";
    case "set_speaker":
      if (there.speaker === seen.speaker) return tried(theirs, edit) ? "apply" : "superfluous";
      return there.speaker === operation.speaker ? "superfluous" : "conflict";
    case "merge_segments":
      return tried(theirs, edit) ? "apply" : "superfluous";
    case "set_flags":
    case "review":
      return "apply";
  }
}

/** The segments that an edit was about; those that a restored revision would bring back, each by itself. */
function placesOf(edit: Edit, theirs: Contents): number[][] {
  const { operation } = edit;
  if (operation.op !== "restore") {
    return [segmentsOf(edit)];
  }
  return operation.contents.segments.filter(({ id }) => !find(theirs, id)).map(({ id }) => [id]);
}

function conflictOf(ids: ReadonlySet<number>, mine: Contents, theirs: Contents): Conflict | null {
  const ours = mine.segments.filter(({ id }) => ids.has(id));
  const others = theirs.segments.filter((there) => {
    const seen = ours.find(({ id }) => id === there.id);
    return ids.has(there.id) && (!seen || overlaps(seen, there));
  });
  const same =
    ours.length === others.length &&
    ours.every(({ text, speaker }, place) => {
      return others[place]?.text === text && others[place].speaker === speaker;
    });
  const id = [...ids].sort((a, b) => a - b).join("+");
  return same ? null : { id, mine: ours.map(versionOf), theirs: others.map(versionOf) };
}

/** A transcription that was made anew counts from 1 again: the same id elsewhere in time is another segment. */
function overlaps(one: Segment, other: Segment): boolean {
  return one.start <= other.end && other.start <= one.end;
}

function find(contents: Contents, id: number): Segment | undefined {
  return contents.segments.find((segment) => segment.id === id);
}

/** Segments that belong together because one edit was about both. */
class Groups {
  #groups: Set<number>[] = [];

  has(id: number): boolean {
    return this.#groups.some((group) => group.has(id));
  }

  join(ids: readonly number[]): void {
    const touched = this.#groups.filter((group) => ids.some((id) => group.has(id)));
    const others = this.#groups.filter((group) => !touched.includes(group));
    this.#groups = [...others, new Set([...touched.flatMap((group) => [...group]), ...ids])];
  }

  all(): readonly ReadonlySet<number>[] {
    return this.#groups;
  }
}
