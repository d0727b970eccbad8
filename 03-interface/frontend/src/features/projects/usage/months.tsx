"use client";

import { useLocale, useTranslations } from "next-intl";

import { Cell, Row, Rows } from "@/components/ui/rows";
import { bytes } from "@/lib/bytes";

import type { Usage } from "../data/usage";

/** What was handed in, month by month, with a bar for the minutes. */
export function Months({ months }: { months: Usage["months"] }) {
  const t = useTranslations("projects");
  const locale = useLocale();
  if (months.length === 0) {
    return <p className="text-sm text-ink-soft">{t("usage.noMonths")}</p>;
  }
  const most = Math.max(...months.map(({ minutes }) => minutes), 1);
  const headings = [
    { name: t("usage.month") },
    { name: t("usage.recordings") },
    { name: t("usage.audio") },
    { name: t("usage.size") },
  ];
  return (
    <div className="flex max-w-3xl flex-col gap-3">
      <h3 className="text-lg">{t("usage.months")}</h3>
      <Rows label={t("usage.months")} headings={headings} columns="auto auto minmax(0,1fr) auto">
        {months.map((month) => (
          <Row key={month.month}>
            <Cell className="font-medium whitespace-nowrap first-letter:uppercase">
              {monthName(locale, month.month)}
            </Cell>
            <Cell label={t("usage.recordings")} className="tabular-nums">
              {new Intl.NumberFormat(locale).format(month.recordings)}
            </Cell>
            <Cell label={t("usage.audio")} className="tabular-nums">
              <div className="flex items-center gap-3">
                <span className="w-24 shrink-0">{t("minutes", { minutes: Math.ceil(month.minutes) })}</span>
                <div className="hidden h-2 flex-1 sm:block" aria-hidden>
                  <div
                    className="h-full rounded-full bg-accent"
                    style={{ width: `${(month.minutes / most) * 100}%` }}
                  />
                </div>
              </div>
            </Cell>
            <Cell label={t("usage.size")} className="whitespace-nowrap tabular-nums">
              {bytes(locale, month.bytes)}
            </Cell>
          </Row>
        ))}
      </Rows>
      <p className="text-[0.8125rem] text-ink-faint">{t("usage.monthsHint")}</p>
    </div>
  );
}

/** `month`: as in 2026-11. */
function monthName(locale: string, month: string): string {
  return new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}
