/** What the gateway answers becomes what the page holds, and what is equal stays the same object. */
import type { Revised } from "./gateway";
import type { Names } from "./names";
import { readsTheSame } from "./touching";
import type { Contents, Segment, TranscriptDocument } from "./types";

/** A document of the gateway under the page's ids. */
export function localised(document: TranscriptDocument, names: Names): Contents {
  return { segments: names.localise(document.segments), speakers: document.speakers };
}

/** The contents after an answer: take out what is deleted or listed, then put in what is listed, by position. */
export function revised(before: Contents, answer: Revised, names: Names): Contents {
  const listed = answer.segments.map(({ segment }) => segment);
  const gone = new Set([...answer.deleted, ...listed.map(({ id }) => id)]);
  const there = (segment: Segment) => names.theirs(segment.id) ?? segment.id;
  const segments = before.segments.filter((segment) => !gone.has(there(segment)));
  const present = new Set([...segments.map(there), ...listed.map(({ id }) => id)]);
  names.localise(listed, present).forEach((segment, place) => {
    segments.splice(answer.segments[place]?.position ?? segments.length, 0, segment);
  });
  return { segments, speakers: answer.speakers };
}

/** `next`, with the objects of `shown` wherever they are equal. */
export function reconciled(shown: Contents, next: Contents): Contents {
  const old = new Map(shown.segments.map((segment) => [segment.id, segment]));
  const segments = next.segments.map((segment) => {
    const before = old.get(segment.id);
    return before && equal(before, segment) ? before : segment;
  });
  return {
    segments: sameItems(shown.segments, segments) ? shown.segments : segments,
    speakers:
      JSON.stringify(shown.speakers) === JSON.stringify(next.speakers) ? shown.speakers : next.speakers,
  };
}

/** Whether a reader sees no difference between two transcripts, whatever their segments' ids are. */
export function readAlike(one: Contents, other: Contents): boolean {
  const names = (contents: Contents) =>
    JSON.stringify(contents.speakers.map(({ id, name }) => [id, name]).sort());
  return (
    one.segments.length === other.segments.length &&
    one.segments.every((segment, place) => readsTheSame(segment, other.segments[place])) &&
    names(one) === names(other)
  );
}

function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, place) => item === other[place]);
}

function equal(one: Segment, other: Segment): boolean {
  return (
    one === other ||
    (readsTheSame(one, other) &&
      one.start === other.start &&
      one.end === other.end &&
      one.language === other.language &&
      one.words.length === other.words.length &&
      one.words.every((word, place) => {
        const match = other.words[place];
        return (
          word === match ||
          (word.text === match?.text &&
            word.start === match.start &&
            word.end === match.end &&
            word.confidence === match.confidence &&
            word.speaker === match.speaker)
        );
      }))
  );
}
