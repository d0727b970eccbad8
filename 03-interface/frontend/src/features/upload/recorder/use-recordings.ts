"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { useUploads } from "../uploads-context";
import { assembled, discard, type Recording, unsent } from "./recordings";

export const RECORDINGS = ["recordings"] as const;

/** What was recorded in this browser and neither uploaded nor discarded. */
export function useUnsentRecordings() {
  const { owner } = useUploads();
  return useQuery({
    queryKey: [...RECORDINGS, owner],
    queryFn: () => unsent(owner),
    staleTime: 0,
    retry: false,
  });
}

/** Its sound, to be listened to before it is uploaded. */
export function useSound(recording: Recording, wanted: boolean) {
  return useQuery({
    queryKey: [...RECORDINGS, "sound", recording.id],
    queryFn: () => assembled(recording),
    enabled: wanted,
    staleTime: Infinity,
    gcTime: 0,
  });
}

export function useDiscard(): (recording: Recording) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async ({ id }) => {
      await discard(id);
      await client.invalidateQueries({ queryKey: RECORDINGS });
    },
    [client],
  );
}
