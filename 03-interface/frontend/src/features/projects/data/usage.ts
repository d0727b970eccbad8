/** What a project uses of what it may use. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";

import { projectKey } from "./project";

export type Usage = Schemas["UsageRead"];
export type Limits = Schemas["LimitsBody"];

export const usageKey = (project: string) => [...projectKey(project), "usage"] as const;

export function useProjectUsage(project: string, enabled = true) {
  return useQuery({
    queryKey: usageKey(project),
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/projects/{project_id}/usage", {
          params: { path: { project_id: project } },
          signal,
        }),
      ),
    enabled,
  });
}

export function useSetLimits(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Limits) =>
      answer(
        api.PUT("/api/v1/projects/{project_id}/limits", { params: { path: { project_id: project } }, body }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: usageKey(project) }),
  });
}
