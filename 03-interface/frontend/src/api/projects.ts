/** The projects that one may see; the personal one comes first. */
import { useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "./client";

export type Project = Schemas["ProjectRead"];
export const PROJECTS = ["projects"] as const;

export function useProjects() {
  return useQuery({
    queryKey: PROJECTS,
    queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/projects", { signal }))).items,
    staleTime: 60_000,
  });
}
