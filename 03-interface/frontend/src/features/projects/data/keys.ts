/** The API keys of a project. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";

import { projectKey } from "./project";

export type ApiKey = Schemas["KeyRead"];
export type NewKey = Schemas["KeyCreated"];
export type Scope = Schemas["Scope"];

export const SCOPES: readonly Scope[] = ["read", "upload", "edit", "delete"];

export const keysKey = (project: string) => [...projectKey(project), "keys"] as const;

export function useKeys(project: string, enabled = true) {
  return useQuery({
    queryKey: keysKey(project),
    queryFn: async ({ signal }) => {
      const path = { project_id: project };
      return (await answer(api.GET("/api/v1/projects/{project_id}/keys", { params: { path }, signal })))
        .items;
    },
    enabled,
  });
}

export function useCreateKey(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["KeyCreate"]) =>
      answer(
        api.POST("/api/v1/projects/{project_id}/keys", { params: { path: { project_id: project } }, body }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: keysKey(project) }),
    gcTime: 0, // the answer holds the key itself
  });
}

export function useRevokeKey(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE("/api/v1/projects/{project_id}/keys/{key_id}", {
        params: { path: { project_id: project, key_id: id } },
      });
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: keysKey(project) }),
  });
}
