/** What the gateway does for a transcript. */
import { answer, api, type Schemas } from "@/api/client";

import type { Operation, TranscriptDocument } from "./types";

export type Revised = Schemas["Revised"];
export type Replaced = Schemas["Replaced"];
export type Replacement = Omit<Schemas["Replace"], "dry_run">;

export interface TranscriptGateway {
  /** The current revision, or a certain one. */
  read(revision?: number): Promise<TranscriptDocument>;
  /** `leaving`: the page is being closed; the request has to outlive it. */
  send(seen: number, operations: readonly Operation[], leaving: boolean): Promise<Revised>;
  replace(seen: number, wanted: Replacement, dryRun: boolean): Promise<Replaced>;
  restore(seen: number, revision: number): Promise<Revised>;
}

export function transcriptGateway(meetingId: string): TranscriptGateway {
  const path = { meeting_id: meetingId };
  const header = (seen: number) => ({ "If-Match": `"${seen}"` });
  return {
    read: async (revision) => {
      const call = api.GET("/api/v1/meetings/{meeting_id}/transcript", {
        params: { path, query: revision === undefined ? {} : { revision } },
      });
      const document: unknown = await answer(call);
      return document as TranscriptDocument;
    },
    send: (seen, operations, leaving) =>
      answer(
        api.POST("/api/v1/meetings/{meeting_id}/transcript/operations", {
          params: { path, header: header(seen) },
          body: { operations: [...operations] },
          keepalive: leaving,
        }),
      ),
    replace: (seen, wanted, dryRun) =>
      answer(
        api.POST("/api/v1/meetings/{meeting_id}/transcript/replace", {
          params: { path, header: header(seen) },
          body: { ...wanted, dry_run: dryRun },
        }),
      ),
    restore: (seen, revision) =>
      answer(
        api.POST("/api/v1/meetings/{meeting_id}/revisions/{number}/restore", {
          params: { path: { ...path, number: revision }, header: header(seen) },
        }),
      ),
  };
}
