/** A transcript as the page holds it. Nothing in it is ever changed in place: what is equal stays the same object. */
import type { Schemas } from "@/api/client";

export interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly confidence: number;
  readonly speaker: string | null;
}

/** `id` stays while the page is open; a segment that was made here has a number below 0. */
export interface Segment {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly speaker: string | null;
  readonly text: string;
  readonly language: string | null;
  readonly words: readonly Word[];
  readonly flags: readonly string[];
}

export type Speaker = Readonly<Schemas["Speaker"]>;
export type Operation = Schemas["Operations"]["operations"][number];

export interface Contents {
  readonly segments: readonly Segment[];
  readonly speakers: readonly Speaker[];
}

/** The stored document, as far as this page needs it; ids are the gateway's. */
export interface TranscriptDocument extends Contents {
  readonly revision: number;
}

/** Go back to a revision: the one edit that brings a deleted segment back. */
export interface Restore {
  readonly op: "restore";
  readonly revision: number;
  readonly contents: Contents;
}

/** An operation in the page's own ids; `creates` is the id that a split gives to its second part. */
export interface Edit {
  readonly operation: Operation | Restore;
  readonly creates?: number;
}

/** An edit that the gateway does not have yet. `boundary`: a revision has to begin with it, so that it can be restored. */
export interface Pending extends Edit {
  readonly step: number;
  readonly boundary?: true;
}

/** What was said in one place, in one of two versions that exclude each other. */
export interface Version {
  readonly id: number;
  readonly start: number;
  readonly speaker: string | null;
  readonly text: string;
}

/** Somebody else changed the same segments; an empty side: they are gone there. */
export interface Conflict {
  readonly id: string;
  readonly mine: readonly Version[];
  readonly theirs: readonly Version[];
}

export type SaveState =
  | { readonly state: "saved" }
  | { readonly state: "pending" }
  | { readonly state: "saving" }
  | { readonly state: "waiting"; readonly problem: unknown }
  | { readonly state: "refused"; readonly problem: unknown }
  | { readonly state: "conflict" };
