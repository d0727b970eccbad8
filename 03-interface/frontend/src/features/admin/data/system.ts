/** The state of the instance, asked again and again while somebody looks. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";

export type System = Schemas["SystemRead"];

export const SYSTEM = ["system"] as const;
const EVERY_MS = 4_000;

export function useSystem() {
  return useQuery({
    queryKey: SYSTEM,
    queryFn: ({ signal }) => answer(api.GET("/api/v1/system", { signal })),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
}
