"use client";

import { useTranslations } from "next-intl";

import { LimitsForm } from "@/components/usage/limits-form";

import { type Usage, useSetLimits } from "../data/usage";
import { useThisProject } from "../frame/project-context";

/** For administrators: what the project may use. */
export function ProjectLimits({ usage }: { usage: Usage }) {
  const t = useTranslations("projects");
  const save = useSetLimits(useThisProject().id);
  const limits = {
    max_bytes: usage.bytes.limit,
    max_minutes_month: usage.minutes_this_month.limit,
    max_jobs: usage.jobs.limit,
    max_upload_bytes: usage.max_upload_bytes,
    max_duration_s: usage.max_duration_s,
  };
  return (
    <section className="flex max-w-2xl flex-col gap-4 border-t border-line pt-6">
      <div className="flex flex-col gap-1">
        <h3 className="text-lg">{t("limits.title")}</h3>
        <p className="text-sm text-ink-soft">{t("limits.projectHint")}</p>
      </div>
      <LimitsForm
        key={JSON.stringify(limits)}
        limits={limits}
        onSave={save.mutate}
        pending={save.isPending}
        saved={save.isSuccess}
        error={save.error}
      />
    </section>
  );
}
