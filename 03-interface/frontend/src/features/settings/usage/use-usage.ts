"use client";

import { useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";

export type OwnUsage = Schemas["UsageRead"];

const USAGE = ["usage"] as const;

/** What one handed in, over all projects, and the limits of one's account. */
export function useUsage() {
  return useQuery({
    queryKey: USAGE,
    queryFn: ({ signal }) => answer(api.GET("/api/v1/usage", { signal })),
  });
}
