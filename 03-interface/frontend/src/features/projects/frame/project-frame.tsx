"use client";

import { ChevronLeftIcon, FolderXIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Problem } from "@/api/problem";
import type { Project } from "@/api/projects";
import { Empty } from "@/components/state/empty";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { TabLinks } from "@/components/ui/tab-links";

import { useProject } from "../data/project";
import { ProjectProvider } from "./project-context";

const PAGES = ["glossary", "members", "keys", "usage", "retention", "activity", "delete"] as const;

/** What all pages of a project share: where one is, what one may do, and the way to the others. */
export function ProjectFrame({ id, children }: { id: string; children: ReactNode }) {
  const t = useTranslations("projects");
  const { data: project, error, refetch } = useProject(id);
  if (project) {
    const root = `/projects/${id}`;
    const links = [
      { href: root, text: t("pages.general") },
      ...PAGES.map((page) => ({ href: `${root}/${page}`, text: t(`pages.${page}`) })),
    ];
    return (
      <div className="flex flex-col gap-6">
        <Heading project={project} />
        <TabLinks label={t("pages.label")} links={links} />
        <ProjectProvider project={project}>{children}</ProjectProvider>
      </div>
    );
  }
  if (error instanceof Problem && (error.status === 404 || error.status === 422)) {
    return <Missing />;
  }
  return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <FrameSkeleton />;
}

function Heading({ project }: { project: Project }) {
  const t = useTranslations("projects");
  return (
    <div className="flex flex-col gap-2">
      <Link
        href="/projects"
        className="flex w-fit items-center gap-1 text-sm text-ink-soft hover:text-ink hover:underline"
      >
        <ChevronLeftIcon aria-hidden className="size-4" />
        {t("list.title")}
      </Link>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-3xl break-words">{project.name}</h1>
        {project.personal && <Badge>{t("personal")}</Badge>}
      </div>
      <p className="text-sm text-ink-soft">
        {t(`roles.${project.role ?? "administrator"}.you`)}{" "}
        <span className="tabular-nums">{t("meetings", { count: project.meetings })}</span>
      </p>
    </div>
  );
}

function Missing() {
  const t = useTranslations("projects");
  return (
    <Empty
      heading="h1"
      icon={FolderXIcon}
      title={t("missing.title")}
      action={
        <Button asChild>
          <Link href="/projects">{t("missing.back")}</Link>
        </Button>
      }
    >
      {t("missing.text")}
    </Empty>
  );
}

function FrameSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className="flex flex-col gap-6">
      <Skeleton className="h-10 w-72 max-w-full" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-64 w-full max-w-2xl" />
    </div>
  );
}
