/** What takes an edit back again. */
import { apply, deletes } from "./apply";
import { overlap } from "./segments";
import type { Contents, Edit, Segment } from "./types";
import { tokensOf } from "./wording";

/**
 * Edits that undo these, which are about to be made to the contents; null where none do and the revision
 * before has to be restored. Throws EditRefused as `apply` does.
 */
export function inverse(contents: Contents, edits: readonly Edit[]): readonly Edit[] | null {
  const undoing: Edit[] = [];
  let before = contents;
  let possible = true;
  for (const edit of edits) {
    const after = apply(before, [edit]);
    const found = inverseOfOne(before, edit);
    possible &&= found !== null;
    undoing.unshift(...(found ?? []));
    before = after;
  }
  return possible ? undoing : null;
}

function inverseOfOne(before: Contents, edit: Edit): Edit[] | null {
  const { operation } = edit;
  switch (operation.op) {
    case "edit_text": {
      const text = segmentOf(before, operation.segment)?.text ?? "";
      const lost = deletes(edit) || tokensOf(text).length === 0;
      return lost ? null : [{ operation: { op: "edit_text", segment: operation.segment, text } }];
    }
    case "split_segment":
      return edit.creates === undefined
        ? null
        : [{ operation: { op: "merge_segments", segment: operation.segment, next: edit.creates } }];
    case "merge_segments":
      return inverseOfMerge(before, operation.segment, operation.next);
    case "set_speaker":
      return [speakerAsIn(before, operation.segment)];
    case "rename_speaker": {
      const name = before.speakers.find((speaker) => speaker.id === operation.speaker)?.name ?? null;
      return [{ operation: { op: "rename_speaker", speaker: operation.speaker, name } }];
    }
    case "merge_speakers":
      return operation.speaker === operation.into ? [] : inverseOfSpeakers(before, operation.speaker);
    case "add_speaker": {
      const [other] = before.speakers;
      const into = other?.id;
      return into === undefined
        ? []
        : [{ operation: { op: "merge_speakers", speaker: operation.speaker, into } }];
    }
    case "set_flags":
    case "review":
      return [flagsAsIn(before, operation.segment)];
    case "delete_segment":
    case "restore":
      return null;
  }
}

/** A split at the old place, if words and texts did not mingle; the second part gets its old id here. */
function inverseOfMerge(before: Contents, id: number, next: number): Edit[] | null {
  const first = segmentOf(before, id);
  const second = segmentOf(before, next);
  const at = tokensOf(first?.text ?? "").length;
  if (!first || !second || at === 0 || tokensOf(second.text).length === 0 || overlap(first, second)) {
    return null;
  }
  return [
    { operation: { op: "split_segment", segment: id, at }, creates: next },
    ...(first.speaker === second.speaker ? [] : [speakerAsIn(before, next)]),
    ...(String(first.flags) === String(second.flags) ? [] : [flagsAsIn(before, id), flagsAsIn(before, next)]),
  ];
}

function inverseOfSpeakers(before: Contents, gone: string): Edit[] {
  const speaker = before.speakers.find((one) => one.id === gone);
  const name = speaker?.name ?? speaker?.label ?? gone;
  return [
    { operation: { op: "add_speaker", speaker: gone, name } },
    ...before.segments
      .filter((segment) => segment.speaker === gone)
      .map((segment): Edit => ({ operation: { op: "set_speaker", segment: segment.id, speaker: gone } })),
  ];
}

function speakerAsIn(before: Contents, id: number): Edit {
  const speaker = segmentOf(before, id)?.speaker ?? null;
  return { operation: { op: "set_speaker", segment: id, speaker } };
}

function flagsAsIn(before: Contents, id: number): Edit {
  const flags = [...(segmentOf(before, id)?.flags ?? [])];
  return { operation: { op: "set_flags", segment: id, flags } };
}

function segmentOf(contents: Contents, id: number): Segment | undefined {
  return contents.segments.find((segment) => segment.id === id);
}
