/** The accounts of the instance, for administrators. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";
import { ME } from "@/api/me";

export type User = Schemas["UserRead"];
export type UserDetail = Schemas["UserDetail"];
export type UserRole = Schemas["UserRole"];
export type UserChange = Schemas["UserPatch"];
export type Limits = Schemas["LimitsBody"];

export const ROLES: readonly UserRole[] = ["admin", "operator", "viewer"];

export const USERS = ["users"] as const;
export const userKey = (id: string) => [...USERS, id] as const;

export function useUsers() {
  return useQuery({
    queryKey: USERS,
    queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/users", { signal }))).items,
  });
}

export function useUser(id: string) {
  return useQuery({
    queryKey: userKey(id),
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/users/{user_id}", { params: { path: { user_id: id } }, signal })),
  });
}

export function useCreateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["UserCreate"]) => answer(api.POST("/api/v1/users", { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: USERS, exact: true }),
  });
}

export function useChangeUser(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UserChange) =>
      answer(api.PATCH("/api/v1/users/{user_id}", { params: { path: { user_id: id } }, body })),
    onSuccess: (user) => show(client, user),
  });
}

export function useSetUserLimits(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Limits) =>
      answer(api.PUT("/api/v1/users/{user_id}/limits", { params: { path: { user_id: id } }, body })),
    onSuccess: (limits) =>
      client.setQueryData<UserDetail>(userKey(id), (user) => user && { ...user, limits }),
  });
}

export function useDeleteUser(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await api.DELETE("/api/v1/users/{user_id}", { params: { path: { user_id: id } } });
    },
    onSuccess: () => client.setQueryData<User[]>(USERS, (users) => users?.filter((user) => user.id !== id)),
  });
}

function show(client: QueryClient, user: User): void {
  client.setQueryData<UserDetail>(userKey(user.id), (detail) => detail && { ...detail, ...user });
  client.setQueryData<User[]>(USERS, (users) => users?.map((one) => (one.id === user.id ? user : one)));
  client.setQueryData<User>(ME, (me) => (me?.id === user.id ? user : me));
}
