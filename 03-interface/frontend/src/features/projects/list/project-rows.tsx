"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";

import type { Project } from "@/api/projects";
import { Badge } from "@/components/ui/badge";
import { Cell, Row, Rows } from "@/components/ui/rows";
import { Skeleton } from "@/components/ui/skeleton";
import { bytes } from "@/lib/bytes";

import { useMembers } from "../data/members";
import { useProjectUsage } from "../data/usage";
import { useSeen } from "./use-seen";

export function ProjectRows({ label, projects }: { label: string; projects: readonly Project[] }) {
  const t = useTranslations("projects");
  const headings = [
    { name: t("list.name") },
    { name: t("list.role") },
    { name: t("list.meetings") },
    { name: t("list.stored") },
    { name: t("list.thisMonth") },
  ];
  return (
    <Rows label={label} headings={headings} columns="minmax(0,1fr) auto auto auto auto">
      {projects.map((project) => (
        <ProjectRow key={project.id} project={project} />
      ))}
    </Rows>
  );
}

function ProjectRow({ project }: { project: Project }) {
  const t = useTranslations("projects");
  const locale = useLocale();
  const [mark, seen] = useSeen<HTMLAnchorElement>();
  const { data: usage, isError } = useProjectUsage(project.id, seen);
  const { data: members } = useMembers(project.id, seen && project.personal && project.role === null);
  const about = project.description || members?.map(({ email }) => email).join(", ");
  const unknown = isError ? t("list.unknown") : <Skeleton className="inline-block h-4 w-14" />;
  return (
    <Row className="group relative">
      <Cell>
        <div className="flex flex-wrap items-center gap-2">
          <Link
            ref={mark}
            href={`/projects/${project.id}`}
            className="font-serif text-base font-semibold break-words underline-offset-4 group-hover:underline after:absolute after:inset-0"
          >
            {project.name}
          </Link>
          {project.personal && <Badge>{t("personal")}</Badge>}
        </div>
        {about && <p className="line-clamp-2 text-ink-soft">{about}</p>}
      </Cell>
      <Cell label={t("list.role")}>{t(`roles.${project.role ?? "administrator"}.name`)}</Cell>
      <Cell label={t("list.meetings")} className="tabular-nums sm:text-right">
        {new Intl.NumberFormat(locale).format(project.meetings)}
      </Cell>
      <Cell label={t("list.stored")} className="whitespace-nowrap tabular-nums">
        {usage ? bytes(locale, usage.bytes.used) : unknown}
      </Cell>
      <Cell label={t("list.thisMonth")} className="whitespace-nowrap tabular-nums">
        {usage ? t("minutes", { minutes: Math.ceil(usage.minutes_this_month.used) }) : unknown}
      </Cell>
    </Row>
  );
}
