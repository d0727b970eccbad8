"use client";

import { createContext, type ReactNode, useContext } from "react";

import type { Project } from "@/api/projects";

const ProjectContext = createContext<Project | null>(null);

export function ProjectProvider({ project, children }: { project: Project; children: ReactNode }) {
  return <ProjectContext value={project}>{children}</ProjectContext>;
}

/** The project whose pages these are. */
export function useThisProject(): Project {
  const project = useContext(ProjectContext);
  if (!project) {
    throw new Error("There is no project around this component.");
  }
  return project;
}

/** Whether one may change the project, its members and its keys. */
export function useManages(): boolean {
  return useThisProject().permissions.includes("manage");
}
