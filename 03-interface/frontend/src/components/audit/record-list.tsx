"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";

import type { AuditRecord } from "@/api/audit";
import { useProjects } from "@/api/projects";
import { Moment } from "@/components/ui/moment";

import type { Someone } from "./audit-log";
import { useSentence } from "./use-sentence";

interface RecordListProps {
  records: readonly AuditRecord[];
  people: readonly Someone[];
  /** Whether each record says which project it is about, and what finds it in the logs. */
  detailed: boolean;
}

export function RecordList({ records, people, detailed }: RecordListProps) {
  const t = useTranslations("admin");
  const sentence = useSentence(people);
  return (
    <ol aria-label={t("audit.title")} className="flex flex-col">
      {records.map((record) => (
        <li
          key={record.id}
          className="grid gap-x-6 gap-y-0.5 border-b border-line py-3 text-sm sm:grid-cols-[9rem_minmax(0,1fr)]"
        >
          <Moment at={record.at} className="text-ink-faint tabular-nums" />
          <div className="flex min-w-0 flex-col gap-0.5">
            <p className="break-words">
              <span className="font-medium">{sentence.actor(record)}</span> {sentence.act(record)}
            </p>
            <p className="flex flex-wrap gap-x-3 text-[0.8125rem] text-ink-faint">
              {detailed && record.project_id && <ProjectName id={record.project_id} />}
              {record.address && <span>{t("audit.address", { address: record.address })}</span>}
              {detailed && record.correlation_id && (
                <span className="font-mono text-xs leading-5 break-all">{record.correlation_id}</span>
              )}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function ProjectName({ id }: { id: string }) {
  const { data: projects } = useProjects();
  const project = projects?.find((one) => one.id === id);
  return (
    project && (
      <Link href={`/projects/${id}`} className="underline underline-offset-2 hover:text-ink">
        {project.name}
      </Link>
    )
  );
}
