/** The engines and models that the live workers have. */
import { useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "./client";

export type Engine = Schemas["EngineRead"];
export const ENGINES = ["engines"] as const;

/** `everyMs`: ask again, for pages that show them as they are now. */
export function useEngines(everyMs?: number) {
  return useQuery({
    queryKey: ENGINES,
    queryFn: ({ signal }) => answer(api.GET("/api/v1/engines", { signal })),
    staleTime: 60_000,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
}
