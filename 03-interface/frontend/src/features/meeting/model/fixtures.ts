/** For tests: transcripts, a gateway that keeps them in memory, and a vault. */
import { networkProblem, Problem } from "@/api/problem";

import { apply } from "./apply";
import { type Replaced, type Revised, type TranscriptGateway } from "./gateway";
import { TranscriptStore } from "./store";
import { changesBetween } from "./touching";
import type { Contents, Edit, Operation, Segment, TranscriptDocument } from "./types";
import type { Kept, Leftover, Vault } from "./vault";
import { tokensOf } from "./wording";

/** Ten seconds at ten times its id, a word a second. */
export function said(id: number, text: string, speaker: string | null = "S1"): Segment {
  const start = id * 10;
  const words = tokensOf(text).map((token, place) => ({
    start: start + place,
    end: start + place + 0.8,
    text: token,
    confidence: 0.9,
    speaker,
  }));
  return { id, start, end: start + 10, speaker, text, language: null, words, flags: [] };
}

export function contentsOf(...segments: Segment[]): Contents {
  return {
    segments,
    speakers: ["S1", "S2"].map((id) => ({ id, label: `Speaker ${id}`, name: null, profile_id: null })),
  };
}

export function texts(contents: Pick<Contents, "segments">): string[] {
  return contents.segments.map(({ text }) => text);
}

/** Revision n of the meeting is the n-th of its list. */
export class FakeGateway implements TranscriptGateway {
  revisions: TranscriptDocument[];
  requests: { seen: number; operations: readonly Operation[] }[] = [];
  /** What the next requests fail with; `lost`: done, but the answer does not arrive. */
  failures: (Problem | "lost" | null)[] = [];

  #held: Promise<void> | null = null;
  #lastId: number;

  constructor(contents: Contents) {
    this.revisions = [{ ...contents, revision: 1 }];
    this.#lastId = Math.max(...contents.segments.map(({ id }) => id));
  }

  get newest(): TranscriptDocument {
    return this.revisions.at(-1) ?? { ...contentsOf(), revision: 0 };
  }

  read(revision = this.newest.revision): Promise<TranscriptDocument> {
    return this.#answer(() => {
      const found = this.revisions[revision - 1];
      if (!found) throw new Problem(404, { code: "REVISION_NOT_FOUND", message: "" });
      return structuredClone(found);
    });
  }

  send(seen: number, operations: readonly Operation[]): Promise<Revised> {
    this.requests.push({ seen, operations });
    return this.#answer(() => this.#revise(seen, () => this.edited(operations)));
  }

  replace(
    seen: number,
    { find, replace }: { find: string; replace: string },
    dryRun: boolean,
  ): Promise<Replaced> {
    return this.#answer(() => {
      const operations = this.newest.segments
        .filter(({ text }) => text.includes(find))
        .map(({ id, text }): Operation => ({
          op: "edit_text",
          segment: id,
          text: text.replaceAll(find, replace),
        }));
      const revised = this.#revise(seen, () => (dryRun ? this.newest : this.edited(operations)));
      return { ...revised, count: operations.length, hits: [], added_to_glossary: false };
    });
  }

  restore(seen: number, revision: number): Promise<Revised> {
    return this.#answer(() => this.#revise(seen, () => this.revisions[revision - 1] ?? this.newest));
  }

  /** Let the next request wait until what this returns is called. */
  holdBack(): () => void {
    let release = (): void => undefined;
    this.#held = new Promise((resolve) => (release = resolve));
    return release;
  }

  /** What the operations make of the newest revision. */
  edited(operations: readonly Operation[]): Contents {
    const edits = operations.map((operation): Edit => {
      if (operation.op !== "split_segment") return { operation };
      this.#lastId += 1;
      return { operation, creates: this.#lastId };
    });
    return apply(this.newest, edits);
  }

  /** Somebody else edits. */
  elsewhere(...operations: Operation[]): number {
    this.#revise(this.newest.revision, () => this.edited(operations));
    return this.newest.revision;
  }

  #revise(seen: number, change: () => Contents): Revised {
    const before = this.newest;
    if (seen !== before.revision) {
      throw new Problem(412, { code: "REVISION_STALE", message: "" });
    }
    const { segments, speakers } = change();
    const changed = changesBetween(before, { segments, speakers });
    const after = { segments, speakers, revision: before.revision + 1 };
    const same = changed.segments.size + changed.speakers.size === 0;
    if (!same) this.revisions.push(after);
    const there = new Set(segments.map(({ id }) => id));
    const listed = segments.map((segment, position) => ({ position, segment }));
    return structuredClone({
      segments: listed.filter(({ segment }) => changed.segments.has(segment.id)),
      deleted: before.segments.map(({ id }) => id).filter((id) => !there.has(id)),
      speakers,
      revision: same ? before.revision : after.revision,
    }) as Revised;
  }

  async #answer<T>(act: () => T): Promise<T> {
    const failure = this.failures.shift() ?? null;
    const held = this.#held;
    this.#held = null;
    await held;
    if (failure instanceof Problem) throw failure;
    const answer = act();
    if (failure === "lost") throw networkProblem();
    return answer;
  }
}

/** Keeps in memory what a browser would keep; `left` is what pages before it left. */
export class FakeVault implements Vault {
  kept: Kept | null = null;
  left: Kept[] = [];
  closed = false;

  keep(kept: Kept | null): Promise<boolean> {
    this.kept = structuredClone(kept);
    return Promise.resolve(true);
  }

  leftovers(): Promise<Leftover[]> {
    return Promise.resolve(
      this.left.map((kept) => ({
        kept: structuredClone(kept),
        forget: () => {
          this.left = this.left.filter((one) => one !== kept);
          return Promise.resolve();
        },
      })),
    );
  }

  close(): void {
    this.closed = true;
  }
}

export interface Opened {
  store: TranscriptStore;
  gateway: FakeGateway;
  vault: FakeVault;
}

/** A store over a gateway that has these segments. */
export function opened(...segments: Segment[]): Opened {
  const gateway = new FakeGateway(contentsOf(...segments));
  const vault = new FakeVault();
  const store = new TranscriptStore({ meetingId: "m", document: gateway.newest, gateway, vault });
  return { store, gateway, vault };
}

export function editText(segment: number, text: string): Operation {
  return { op: "edit_text", segment, text };
}
