"use client";

/** Change the glossary: shown at once, and on top of what others made of it meanwhile. */
import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { Project } from "@/api/projects";

import { patchProject, projectKey, readProject, showProject } from "../data/project";
import type { Pair } from "./pairs";

type Change = (pairs: readonly Pair[]) => Pair[];

export function useChangeGlossary(project: string) {
  const client = useQueryClient();
  const key = projectKey(project);
  return useMutation({
    scope: { id: `glossary-${project}` },
    mutationFn: async (change: Change) => {
      // The gateway takes the whole list, so it is read first: a meeting's editor may have added to it.
      const { glossary } = await readProject(project);
      return patchProject(project, { glossary: change(glossary) });
    },
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: key, exact: true });
      client.setQueryData<Project>(key, (shown) => shown && { ...shown, glossary: change(shown.glossary) });
    },
    onSuccess: (changed) => showProject(client, changed),
    onError: () => void client.invalidateQueries({ queryKey: key, exact: true }),
  });
}
