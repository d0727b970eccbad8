"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Skeleton } from "@/components/ui/skeleton";
import { bytes } from "@/lib/bytes";

import { useStatistics } from "./use-statistics";

/** Totals at a glance; what failed or is under way leads to the list of it. */
export function Tiles() {
  const t = useTranslations("meetings.tiles");
  const locale = useLocale();
  const { data, error } = useStatistics();
  if (error && !data) {
    return null; // The list below says what is wrong, and totals are no reason to say it twice.
  }
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const failed = data?.by_status.FAILED ?? 0;
  const running = (data?.by_status.PENDING ?? 0) + (data?.by_status.PROCESSING ?? 0);
  const factor = data?.real_time_factor.median ?? data?.real_time_factor.mean ?? null;
  const hours = (data?.audio_seconds ?? 0) / 3600;
  return (
    <section aria-label={t("label")}>
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Tile name={t("meetings")} value={data && number(data.meetings)}>
          <span className="flex flex-wrap gap-x-3">
            {running > 0 && (
              <Link href="/?status=PENDING&status=PROCESSING" className="underline-offset-4 hover:underline">
                {t("running", { count: running })}
              </Link>
            )}
            {failed > 0 && (
              <Link href="/?status=FAILED" className="text-danger underline-offset-4 hover:underline">
                {t("failed", { count: failed })}
              </Link>
            )}
            {running + failed === 0 && t("allDone")}
          </span>
        </Tile>
        <Tile name={t("audio")} value={data && t("hours", { hours: number(hours, hours < 100 ? 1 : 0) })}>
          {t("audioHint")}
        </Tile>
        <Tile
          name={t("speed")}
          value={data && (factor ? t("times", { times: number(1 / factor, factor > 0.1 ? 1 : 0) }) : "–")}
        >
          {factor === null ? t("speedUnknown") : t("speedHint")}
        </Tile>
        <Tile name={t("storage")} value={data && bytes(locale, data.bytes)}>
          {t("storageHint")}
        </Tile>
      </dl>
    </section>
  );
}

interface TileProps {
  name: string;
  value: string | undefined;
  children: ReactNode;
}

function Tile({ name, value, children }: TileProps) {
  return (
    <div className="flex flex-col gap-0.5 rounded-xl border border-line bg-raised px-4 py-3">
      <dt className="text-[0.8125rem] text-ink-soft">{name}</dt>
      <dd className="font-serif text-2xl tabular-nums">{value ?? <Skeleton className="my-1 h-6 w-20" />}</dd>
      <dd className="text-xs text-ink-faint">{value === undefined ? "\u00a0" : children}</dd>
    </div>
  );
}
