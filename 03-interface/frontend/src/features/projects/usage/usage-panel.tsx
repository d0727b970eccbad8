"use client";

import { useTranslations } from "next-intl";

import { useMe } from "@/api/me";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { UsageBars } from "@/components/usage/usage-bars";

import { useProjectUsage } from "../data/usage";
import { Panel } from "../frame/panel";
import { useThisProject } from "../frame/project-context";
import { EachRecording } from "./each-recording";
import { Months } from "./months";
import { ProjectLimits } from "./project-limits";

/** What the project uses, of what, and since when. */
export function UsagePanel() {
  const t = useTranslations("projects");
  const project = useThisProject();
  const { data: me } = useMe();
  const { data: usage, error, isPending, refetch } = useProjectUsage(project.id);
  return (
    <Panel wide title={t("pages.usage")} intro={t("usage.intro")}>
      {isPending && <Skeleton className="h-40 w-full" />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {usage && (
        <div className="flex flex-col gap-10">
          <UsageBars usage={usage} />
          <EachRecording usage={usage} />
          <Months months={usage.months} />
          {me?.role === "admin" ? (
            <ProjectLimits usage={usage} />
          ) : (
            <p className="text-sm text-ink-soft">{t("limits.adminsOnly")}</p>
          )}
        </div>
      )}
    </Panel>
  );
}
