"use client";

import { useQuery } from "@tanstack/react-query";

import { answer, api } from "@/api/client";
import { meetingKey } from "@/api/meetings";

interface EngineUsed {
  name: string;
  model: string;
  device: string;
  compute_type: string;
}

interface Engines {
  transcriber: EngineUsed;
  diariser: EngineUsed;
}

/** The engines that made the transcript: edits keep them, so they are read once a revision, when asked for. */
export function useEngines(meetingId: string, revision: number | null, wanted: boolean) {
  return useQuery({
    queryKey: [...meetingKey(meetingId), "engines", revision],
    queryFn: async ({ signal }) => {
      const document: unknown = await answer(
        api.GET("/api/v1/meetings/{meeting_id}/transcript", {
          params: { path: { meeting_id: meetingId } },
          signal,
        }),
      );
      return (document as { engines: Engines }).engines;
    },
    enabled: wanted && revision !== null,
    staleTime: Infinity,
  });
}
