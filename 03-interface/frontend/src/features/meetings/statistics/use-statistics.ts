"use client";

import { useQuery } from "@tanstack/react-query";

import { answer, api } from "@/api/client";
import { usePollingWhileAway } from "@/api/live";
import { MEETING_STATISTICS } from "@/api/meetings";

/** What all meetings that one sees amount to. */
export function useStatistics() {
  return useQuery({
    queryKey: MEETING_STATISTICS,
    queryFn: ({ signal }) => answer(api.GET("/api/v1/statistics", { signal })),
    staleTime: 60_000,
    refetchInterval: usePollingWhileAway(),
  });
}
