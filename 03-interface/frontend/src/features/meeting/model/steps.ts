/** A step of undo for what the gateway did by itself: a replacement everywhere, or an old revision. */
import { changesBetween } from "./touching";
import type { Contents, Edit, Segment } from "./types";
import type { Step } from "./undo";

/** The step from one to the other; where more than texts changed, going back restores the revision before. */
export function stepBetween(id: number, before: Contents, after: Contents, revision: number): Step {
  const texts = onlyTexts(before, after);
  return {
    id,
    session: null,
    forward: texts?.map(([, segment]) => writing(segment)) ?? [
      { operation: { op: "restore", revision: revision + 1, contents: after } },
    ],
    inverse: texts?.map(([segment]) => writing(segment)) ?? null,
    before,
    revision,
  };
}

function onlyTexts(before: Contents, after: Contents): (readonly [Segment, Segment])[] | null {
  const changed = changesBetween(before, after);
  const old = new Map(before.segments.map((segment) => [segment.id, segment]));
  const pairs = after.segments
    .filter(({ id }) => changed.segments.has(id))
    .map((segment) => [old.get(segment.id), segment] as const);
  const texts = pairs.filter(
    (pair): pair is readonly [Segment, Segment] =>
      pair[0] !== undefined &&
      pair[0].text !== "" &&
      pair[0].speaker === pair[1].speaker &&
      String(pair[0].flags) === String(pair[1].flags),
  );
  const speakersStay = JSON.stringify(before.speakers) === JSON.stringify(after.speakers);
  return speakersStay && texts.length === changed.segments.size ? texts : null;
}

function writing({ id, text }: Segment): Edit {
  return { operation: { op: "edit_text", segment: id, text } };
}
