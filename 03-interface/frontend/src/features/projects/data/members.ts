/** Who is in a project, and as what. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";
import { PROJECTS } from "@/api/projects";

import { projectKey, type Role } from "./project";

export type Member = Schemas["MemberRead"];

export const membersKey = (project: string) => [...projectKey(project), "members"] as const;

export function useMembers(project: string, enabled = true) {
  return useQuery({
    queryKey: membersKey(project),
    queryFn: async ({ signal }) => {
      const path = { project_id: project };
      return (await answer(api.GET("/api/v1/projects/{project_id}/members", { params: { path }, signal })))
        .items;
    },
    enabled,
  });
}

export function useAddMember(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["MemberCreate"]) =>
      answer(
        api.POST("/api/v1/projects/{project_id}/members", {
          params: { path: { project_id: project } },
          body,
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: membersKey(project) }),
  });
}

/** Give a member another role: shown at once, taken back where the gateway refuses. */
export function useChangeRole(project: string) {
  const client = useQueryClient();
  const key = membersKey(project);
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) =>
      answer(
        api.PATCH("/api/v1/projects/{project_id}/members/{user_id}", {
          params: { path: { project_id: project, user_id: id } },
          body: { role },
        }),
      ),
    onMutate: async ({ id, role }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Member[]>(key);
      client.setQueryData<Member[]>(key, (members) =>
        members?.map((member) => (member.user_id === id ? { ...member, role } : member)),
      );
      return { before };
    },
    onError: (_error, _change, context) => client.setQueryData(key, context?.before),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: projectKey(project), exact: true });
    },
  });
}

export function useRemoveMember(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE("/api/v1/projects/{project_id}/members/{user_id}", {
        params: { path: { project_id: project, user_id: id } },
      });
    },
    onSuccess: (_nothing, id) => {
      client.setQueryData<Member[]>(membersKey(project), (members) =>
        members?.filter((member) => member.user_id !== id),
      );
      void client.invalidateQueries({ queryKey: PROJECTS, exact: true });
    },
  });
}
