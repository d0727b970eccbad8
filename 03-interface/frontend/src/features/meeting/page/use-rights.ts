"use client";

import type { Meeting } from "@/api/meetings";
import { useMe } from "@/api/me";
import { useProjects } from "@/api/projects";

export interface Rights {
  edit: boolean;
  delete: boolean;
  /** What the project is called; empty as long as that is not known. */
  project: string;
}

/** What one may do with a meeting: by one's role in its project. */
export function useRights(meeting: Meeting): Rights {
  const { data: projects } = useProjects();
  const { data: me } = useMe();
  const project = projects?.find(({ id }) => id === meeting.project_id);
  const may = (what: "edit" | "delete") => project?.permissions.includes(what) ?? me?.role === "admin";
  return { edit: may("edit"), delete: may("delete"), project: project?.name ?? "" };
}
