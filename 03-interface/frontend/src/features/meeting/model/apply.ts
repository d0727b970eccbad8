/** What operations do to a transcript, at once and here: the rules of scribe/transcript/editing/draft.py. */
import { merged, rewritten, spokenBy, split } from "./segments";
import type { Contents, Edit, Segment, Speaker } from "./types";
import { lengthOf, LONGEST_TEXT, tokensOf } from "./wording";

export const REVIEWED = "reviewed";
const MOST_SPEAKERS = 500;

export type RefusalCode =
  | "SEGMENT_NOT_FOUND"
  | "SPEAKER_NOT_FOUND"
  | "SPEAKER_EXISTS"
  | "TOO_MANY_SPEAKERS"
  | "SPLIT_IMPOSSIBLE"
  | "SEGMENTS_NOT_ADJACENT"
  | "SEGMENT_TOO_LONG";

/** The operation does not fit the transcript as it is; nothing was changed. */
export class EditRefused extends Error {
  override readonly name = "EditRefused";

  constructor(readonly code: RefusalCode) {
    super(code);
  }
}

/** The contents after all of the edits, each of which sees what those before it did. Throws EditRefused. */
export function apply(contents: Contents, edits: readonly Edit[]): Contents {
  if (edits.length === 0) {
    return contents;
  }
  const draft = new Draft(contents);
  edits.forEach((edit) => draft.apply(edit));
  return draft.finished();
}

/** Whether an edit leaves nothing of its segment, so that only an older revision brings it back. */
export function deletes({ operation }: Edit): boolean {
  return (
    operation.op === "delete_segment" ||
    (operation.op === "edit_text" && tokensOf(operation.text).length === 0)
  );
}

class Draft {
  #segments: Segment[];
  #speakers: Speaker[];

  constructor(contents: Contents) {
    this.#segments = [...contents.segments];
    this.#speakers = [...contents.speakers];
  }

  finished(): Contents {
    return { segments: this.#segments, speakers: this.#speakers };
  }

  apply({ operation, creates }: Edit): void {
    switch (operation.op) {
      case "edit_text":
        this.#write(operation.segment, operation.text);
        break;
      case "split_segment":
        this.#split(operation.segment, operation.at, creates);
        break;
      case "merge_segments":
        this.#merge(operation.segment, operation.next);
        break;
      case "delete_segment":
        this.#segments.splice(this.#place(operation.segment), 1);
        break;
      case "set_speaker":
        this.#speak(operation.segment, operation.speaker);
        break;
      case "rename_speaker":
        this.#rename(operation.speaker, operation.name);
        break;
      case "merge_speakers":
        this.#mergeSpeakers(operation.speaker, operation.into);
        break;
      case "add_speaker":
        this.#add(operation.speaker, operation.name);
        break;
      case "set_flags":
        this.#flag(operation.segment, [...new Set(operation.flags)]);
        break;
      case "review":
        this.#review(operation.segment, operation.reviewed);
        break;
      case "restore":
        this.#segments = [...operation.contents.segments];
        this.#speakers = [...operation.contents.speakers];
    }
  }

  #write(id: number, text: string): void {
    const place = this.#place(id);
    const segment = rewritten(this.#at(place), text);
    if (segment.text === "") {
      this.#segments.splice(place, 1);
    } else {
      this.#keep(place, segment);
    }
  }

  #split(id: number, at: number, newId: number | undefined): void {
    const place = this.#place(id);
    const parts = newId === undefined ? null : split(this.#at(place), at, newId);
    if (parts === null) {
      throw new EditRefused("SPLIT_IMPOSSIBLE");
    }
    const [first, second] = parts;
    this.#segments[place] = first;
    let next = place + 1;
    while (next < this.#segments.length && this.#at(next).start < second.start) next += 1;
    this.#segments.splice(next, 0, second);
  }

  #merge(id: number, next: number): void {
    const place = this.#place(id);
    if (this.#place(next) !== place + 1) {
      throw new EditRefused("SEGMENTS_NOT_ADJACENT");
    }
    this.#keep(place, merged(this.#at(place), this.#at(place + 1)));
    this.#segments.splice(place + 1, 1);
  }

  #speak(id: number, speaker: string | null): void {
    const place = this.#place(id);
    if (speaker !== null) {
      this.#speakerPlace(speaker);
    }
    this.#segments[place] = spokenBy(this.#at(place), speaker);
  }

  #rename(id: string, name: string | null): void {
    const place = this.#speakerPlace(id);
    this.#speakers = this.#speakers.map((one, at) => (at === place ? { ...one, name } : one));
  }

  #mergeSpeakers(gone: string, into: string): void {
    const place = this.#speakerPlace(gone);
    this.#speakerPlace(into);
    if (gone === into) {
      return;
    }
    this.#segments = this.#segments.map((segment) => withSpeakerReplaced(segment, gone, into));
    this.#speakers.splice(place, 1);
  }

  #add(id: string, name: string): void {
    if (this.#speakers.some((speaker) => speaker.id === id)) {
      throw new EditRefused("SPEAKER_EXISTS");
    }
    if (this.#speakers.length >= MOST_SPEAKERS) {
      throw new EditRefused("TOO_MANY_SPEAKERS");
    }
    this.#speakers.push({ id, label: name, name, profile_id: null });
  }

  #flag(id: number, flags: readonly string[]): void {
    const place = this.#place(id);
    this.#segments[place] = { ...this.#at(place), flags };
  }

  #review(id: number, reviewed: boolean): void {
    const others = this.#at(this.#place(id)).flags.filter((flag) => flag !== REVIEWED);
    this.#flag(id, reviewed ? [REVIEWED] : others);
  }

  #keep(place: number, segment: Segment): void {
    if (lengthOf(segment.text) > LONGEST_TEXT) {
      throw new EditRefused("SEGMENT_TOO_LONG");
    }
    this.#segments[place] = segment;
  }

  #place(id: number): number {
    const place = this.#segments.findIndex((segment) => segment.id === id);
    if (place < 0) {
      throw new EditRefused("SEGMENT_NOT_FOUND");
    }
    return place;
  }

  #at(place: number): Segment {
    const segment = this.#segments[place];
    if (segment === undefined) {
      throw new EditRefused("SEGMENT_NOT_FOUND");
    }
    return segment;
  }

  #speakerPlace(id: string): number {
    const place = this.#speakers.findIndex((speaker) => speaker.id === id);
    if (place < 0) {
      throw new EditRefused("SPEAKER_NOT_FOUND");
    }
    return place;
  }
}

function withSpeakerReplaced(segment: Segment, gone: string, into: string): Segment {
  if (segment.speaker !== gone && segment.words.every((word) => word.speaker !== gone)) {
    return segment;
  }
  return {
    ...segment,
    speaker: segment.speaker === gone ? into : segment.speaker,
    words: segment.words.map((word) => (word.speaker === gone ? { ...word, speaker: into } : word)),
  };
}
