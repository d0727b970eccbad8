/** One project: read, made, changed, deleted. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";
import { MEETINGS } from "@/api/meetings";
import { type Project, PROJECTS } from "@/api/projects";

export type ProjectChange = Schemas["ProjectPatch"];
export type Role = Schemas["ProjectRole"];

export const projectKey = (id: string) => [...PROJECTS, id] as const;

export function useProject(id: string) {
  const client = useQueryClient();
  return useQuery<Project>({
    queryKey: projectKey(id),
    queryFn: ({ signal }) => readProject(id, signal),
    placeholderData: () => client.getQueryData<Project[]>(PROJECTS)?.find((project) => project.id === id),
  });
}

export function readProject(id: string, signal?: AbortSignal): Promise<Project> {
  return answer(
    api.GET("/api/v1/projects/{project_id}", {
      params: { path: { project_id: id } },
      signal: signal ?? null,
    }),
  );
}

export function patchProject(id: string, body: ProjectChange): Promise<Project> {
  return answer(api.PATCH("/api/v1/projects/{project_id}", { params: { path: { project_id: id } }, body }));
}

/** Show a project as it is now, on its own pages and in every list. */
export function showProject(client: QueryClient, project: Project): void {
  client.setQueryData<Project>(projectKey(project.id), project);
  client.setQueryData<Project[]>(PROJECTS, (list) =>
    list?.map((one) => (one.id === project.id ? project : one)),
  );
}

export function useCreateProject() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["ProjectCreate"]) => answer(api.POST("/api/v1/projects", { body })),
    onSuccess: (project) => {
      client.setQueryData<Project>(projectKey(project.id), project);
      void client.invalidateQueries({ queryKey: PROJECTS, exact: true });
    },
  });
}

export function useChangeProject(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ProjectChange) => patchProject(id, body),
    onSuccess: (project) => showProject(client, project),
  });
}

/** Delete a project and all meetings in it. */
export function useDeleteProject(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await api.DELETE("/api/v1/projects/{project_id}", {
        params: { path: { project_id: id }, query: { with_meetings: true } },
      });
    },
    onSuccess: () => {
      client.setQueryData<Project[]>(PROJECTS, (list) => list?.filter((one) => one.id !== id));
      void client.invalidateQueries({ queryKey: PROJECTS, exact: true });
      void client.invalidateQueries({ queryKey: MEETINGS });
    },
  });
}
