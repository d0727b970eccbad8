"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";

export type Session = Schemas["SessionRead"];

export const SESSIONS = ["sessions"] as const;

/** Where one is signed in, the last used first. */
export function useSessions() {
  return useQuery({
    queryKey: SESSIONS,
    queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/auth/sessions", { signal }))).items,
  });
}

/** Sign out in one place; it leaves the list at once, and comes back where that failed. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      api.DELETE("/api/v1/auth/sessions/{session_id}", { params: { path: { session_id: id } } }),
    onMutate: async (id) => {
      await client.cancelQueries({ queryKey: SESSIONS });
      client.setQueryData<Session[]>(SESSIONS, (all) => all?.filter((one) => one.id !== id));
    },
    onSettled: () => client.invalidateQueries({ queryKey: SESSIONS }),
  });
}
