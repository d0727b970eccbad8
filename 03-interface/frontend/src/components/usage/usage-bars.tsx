"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";

import type { Schemas } from "@/api/client";
import { bytes } from "@/lib/bytes";
import { cn } from "@/lib/cn";

const NEARLY = 0.9;

/** What is used of each limit. */
export function UsageBars({ usage }: { usage: Schemas["UsageRead"] }) {
  const t = useTranslations("projects");
  const locale = useLocale();
  const { bytes: stored, minutes_this_month: minutes, jobs } = usage;
  return (
    <div className="grid gap-x-10 gap-y-6 sm:grid-cols-3">
      <Bar name={t("usage.bytes")} used={stored.used} limit={stored.limit}>
        {stored.limit === null
          ? bytes(locale, stored.used)
          : t("usage.of", { used: bytes(locale, stored.used), limit: bytes(locale, stored.limit) })}
      </Bar>
      <Bar name={t("usage.minutes")} used={minutes.used} limit={minutes.limit}>
        {minutes.limit === null
          ? t("minutes", { minutes: Math.ceil(minutes.used) })
          : t("usage.minutesOf", { used: Math.ceil(minutes.used), limit: minutes.limit })}
      </Bar>
      <Bar name={t("usage.jobs")} used={jobs.running} limit={jobs.limit}>
        {jobs.limit === null
          ? t("usage.running", { count: jobs.running })
          : t("usage.runningOf", { running: jobs.running, limit: jobs.limit })}
        {jobs.waiting > 0 && `, ${t("usage.waiting", { count: jobs.waiting })}`}
      </Bar>
    </div>
  );
}

interface BarProps {
  name: string;
  used: number;
  limit: number | null;
  children: ReactNode;
}

function Bar({ name, used, limit, children }: BarProps) {
  const t = useTranslations("projects");
  const share = limit === null ? null : limit === 0 ? 1 : Math.min(1, used / limit);
  const tight = share !== null && share >= NEARLY;
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-sans text-sm font-medium tracking-normal text-ink-soft">{name}</h3>
      <p className="font-serif text-lg tabular-nums">{children}</p>
      {share === null ? (
        <p className="text-[0.8125rem] text-ink-faint">{t("usage.noLimit")}</p>
      ) : (
        <div
          role="meter"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
          className="h-2 overflow-hidden rounded-full bg-hover"
        >
          <div
            className={cn("h-full rounded-full", tight ? "bg-warn" : "bg-accent")}
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
      {tight && (
        <p className="text-[0.8125rem] text-warn">{share < 1 ? t("usage.nearly") : t("usage.reached")}</p>
      )}
    </div>
  );
}
