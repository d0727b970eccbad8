"use client";

import { useMemo } from "react";

import type { Meeting } from "@/api/meetings";
import { type Project, useProjects } from "@/api/projects";

export interface Allowed {
  projects: ReadonlyMap<string, Project>;
  /** Whether one may do this to the meeting. */
  may: (meeting: Meeting, permission: Project["permissions"][number]) => boolean;
}

/** The projects by id, and what one may do in them. */
export function useAllowed(): Allowed {
  const { data } = useProjects();
  return useMemo(() => {
    const projects = new Map((data ?? []).map((project) => [project.id, project]));
    return {
      projects,
      may: ({ project_id }, permission) => !!projects.get(project_id)?.permissions.includes(permission),
    };
  }, [data]);
}
