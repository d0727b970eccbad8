"use client";

import { useLocale, useTranslations } from "next-intl";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { UsageBars } from "@/components/usage/usage-bars";
import { bytes } from "@/lib/bytes";

import { Months } from "./months";
import { useUsage } from "./use-usage";

const SECONDS = 60;

/** What one's recordings take, and what one may still hand in. */
export function Usage() {
  const t = useTranslations("settings.usage");
  const common = useTranslations("common");
  const locale = useLocale();
  const { data, error, refetch } = useUsage();
  if (error && !data) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return (
      <div role="status" aria-label={common("loading")} className="flex flex-col gap-6">
        <Skeleton className="h-20" />
        <Skeleton className="h-24" />
      </div>
    );
  }
  const { max_upload_bytes: largest, max_duration_s: longest } = data;
  return (
    <>
      <UsageBars usage={data} />
      {(largest !== null || longest !== null) && (
        <p className="text-[0.8125rem] text-ink-faint">
          {largest !== null && `${t("largest", { size: bytes(locale, largest) })} `}
          {longest !== null && t("longest", { count: Math.floor(longest / SECONDS) })}
        </p>
      )}
      <Months months={data.months} />
    </>
  );
}
