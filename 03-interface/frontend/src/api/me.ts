/** Who is signed in. */
import { useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "./client";

export type Me = Schemas["UserRead"];
export const ME = ["me"] as const;

export function useMe() {
  return useQuery({
    queryKey: ME,
    queryFn: ({ signal }) => answer(api.GET("/api/v1/auth/me", { signal })),
    staleTime: 5 * 60_000,
  });
}
