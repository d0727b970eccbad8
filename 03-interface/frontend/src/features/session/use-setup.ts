"use client";

import { useQuery } from "@tanstack/react-query";

import { answer, api } from "@/api/client";

const SETUP = ["setup"] as const;

/** Whether this server still waits for its first administrator. */
export function useSetup() {
  return useQuery({
    queryKey: SETUP,
    queryFn: ({ signal }) => answer(api.GET("/api/v1/setup", { signal })),
  });
}
