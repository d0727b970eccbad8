/** Who did what: of the whole instance for administrators, of a project for those who manage it. */
import { useInfiniteQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "./client";

export type Act = Schemas["Act"];
export type AuditRecord = Schemas["AuditRead"];

export interface AuditFilters {
  action?: Act[];
  actor_id?: string;
  since?: string;
  until?: string;
}

const PAGE = 50;

export const auditKey = (project: string | null, filters: AuditFilters) =>
  ["audit", project, filters] as const;

/** Pages of records, the newest first; no `project`: of the whole instance. */
export function useAudit(project: string | null, filters: AuditFilters) {
  return useInfiniteQuery({
    queryKey: auditKey(project, filters),
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filters, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) };
      return project === null
        ? answer(api.GET("/api/v1/audit", { params: { query }, signal }))
        : answer(
            api.GET("/api/v1/projects/{project_id}/audit", {
              params: { path: { project_id: project }, query },
              signal,
            }),
          );
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}
