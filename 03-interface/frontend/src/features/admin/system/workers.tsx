"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";

import { useStatusWords } from "@/components/meeting/meeting-status";
import { Moment } from "@/components/ui/moment";
import { Progress } from "@/components/ui/progress";
import type { Messages } from "@/i18n/messages";

import type { System } from "../data/system";
import { Section } from "../frame/section";

type Worker = System["workers"][number];
type Job = Worker["jobs"][number];
type KnownRole = keyof Messages["admin"]["workerRoles"];

/** The live processes, and what each does. */
export function Workers({ system }: { system: System }) {
  const t = useTranslations("admin");
  return (
    <Section title={t("workers.title")}>
      {system.workers.length === 0 && <p className="text-sm text-ink-soft">{t("workers.none")}</p>}
      <ul className="flex flex-col">
        {system.workers.map((worker) => (
          <li
            key={`${worker.role} ${worker.name}`}
            className="flex flex-col gap-2 border-b border-line py-3 text-sm"
          >
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <p className="font-medium">
                {t.has(`workerRoles.${worker.role as KnownRole}`)
                  ? t(`workerRoles.${worker.role as KnownRole}`)
                  : worker.role}
              </p>
              <p className="text-[0.8125rem] break-all text-ink-faint tabular-nums">
                {worker.pid === null
                  ? worker.host
                  : t("workers.place", { host: worker.host, pid: String(worker.pid) })}
              </p>
            </div>
            {worker.role === "gpu" && worker.jobs.length === 0 && (
              <p className="text-ink-soft">{t("workers.idle")}</p>
            )}
            {worker.jobs.map((job, index) => (
              <InHand key={job.meeting_id ?? index} job={job} />
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function InHand({ job }: { job: Job }) {
  const t = useTranslations("admin");
  const { stage, progress } = job;
  const words = useStatusWords()({ status: "PROCESSING", stage, progress, warnings: [] });
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex flex-wrap justify-between gap-x-4 text-ink-soft">
        {job.meeting_id ? (
          <Link href={`/meetings/${job.meeting_id}`} className="underline underline-offset-2 hover:text-ink">
            {words}
          </Link>
        ) : (
          <span>{words}</span>
        )}
        <span className="text-[0.8125rem] text-ink-faint">
          {job.attempt > 1 && `${t("workers.attempt", { attempt: job.attempt })} · `}
          {job.claimed_at && t.rich("workers.since", { when: () => <Moment at={job.claimed_at ?? ""} /> })}
        </span>
      </p>
      <Progress value={progress} label={words} />
    </div>
  );
}
