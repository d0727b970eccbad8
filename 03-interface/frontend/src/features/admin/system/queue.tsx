"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Moment } from "@/components/ui/moment";

import type { System } from "../data/system";
import { Section } from "../frame/section";

/** What waits, what runs, and what went wrong lately. */
export function Queue({ system }: { system: System }) {
  const t = useTranslations("admin");
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  const { by_status: open, oldest_queued_at: oldest, failed_last_day: failed } = system.jobs;
  return (
    <Section title={t("queue.title")}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-4 lg:grid-cols-2 xl:grid-cols-4">
        <Figure name={t("queue.running")}>{number.format(open["RUNNING"] ?? 0)}</Figure>
        <Figure
          name={t("queue.waiting")}
          hint={oldest && t.rich("queue.oldest", { when: () => <Moment at={oldest} /> })}
        >
          {number.format(open["QUEUED"] ?? 0)}
        </Figure>
        <Figure name={t("queue.uploads")}>{number.format(system.uploads_in_progress)}</Figure>
        <Figure name={t("queue.failed")}>{number.format(failed)}</Figure>
      </dl>
    </Section>
  );
}

function Figure({ name, hint, children }: { name: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-[0.8125rem] text-ink-soft">{name}</dt>
      <dd className="font-serif text-2xl tabular-nums">{children}</dd>
      {hint && <dd className="text-[0.8125rem] text-ink-faint">{hint}</dd>}
    </div>
  );
}
