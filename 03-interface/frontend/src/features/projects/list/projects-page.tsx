"use client";

import { FolderIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import { useMe } from "@/api/me";
import { useProjects } from "@/api/projects";
import { Empty } from "@/components/state/empty";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";

import { NewProject } from "./new-project";
import { ProjectGroups } from "./project-groups";

/** The projects that one sees, and a new one. */
export function ProjectsPage() {
  const t = useTranslations("projects");
  const { data: me } = useMe();
  const projects = useProjects();
  const mayFound = me !== undefined && me.role !== "viewer";
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="flex max-w-2xl flex-col gap-1">
          <h1 className="text-3xl">{t("list.title")}</h1>
          <p className="text-sm text-ink-soft">{mayFound ? t("list.intro") : t("list.readersOnly")}</p>
        </div>
        {mayFound && <NewProject />}
      </div>
      {projects.error && <ProblemNotice error={projects.error} onRetry={() => void projects.refetch()} />}
      {projects.isPending && <ListSkeleton />}
      {projects.data?.length === 0 && (
        <Empty icon={FolderIcon} title={t("list.emptyTitle")}>
          {t("list.emptyText")}
        </Empty>
      )}
      {projects.data && projects.data.length > 0 && <ProjectGroups projects={projects.data} />}
    </div>
  );
}

function ListSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className="flex flex-col gap-3">
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-14 w-full" />
    </div>
  );
}
