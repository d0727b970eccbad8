"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";

import { bytes } from "@/lib/bytes";

import type { OwnUsage } from "./use-usage";

/** What came in, month by month; on a phone the bytes give way. */
export function Months({ months }: { months: OwnUsage["months"] }) {
  const t = useTranslations("settings.usage");
  const locale = useLocale();
  const format = useFormatter();
  if (months.length === 0) {
    return <p className="text-sm text-ink-soft">{t("nothing")}</p>;
  }
  return (
    <table className="w-full text-sm tabular-nums">
      <caption className="sr-only">{t("months")}</caption>
      <thead>
        <tr className="border-b border-line text-left text-xs text-ink-faint">
          <th scope="col" className="py-2 font-normal">
            {t("month")}
          </th>
          <th scope="col" className="py-2 text-right font-normal">
            {t("recordings")}
          </th>
          <th scope="col" className="py-2 text-right font-normal">
            {t("length")}
          </th>
          <th scope="col" className="py-2 text-right font-normal max-sm:hidden">
            {t("size")}
          </th>
        </tr>
      </thead>
      <tbody>
        {months.map((month) => (
          <tr key={month.month} className="border-b border-line last:border-0">
            <th scope="row" className="py-2 text-left font-normal first-letter:uppercase">
              {format.dateTime(new Date(`${month.month}-15T00:00:00Z`), { month: "long", year: "numeric" })}
            </th>
            <td className="py-2 text-right">{format.number(month.recordings)}</td>
            <td className="py-2 text-right">{t("minutes", { count: Math.round(month.minutes) })}</td>
            <td className="py-2 text-right max-sm:hidden">{bytes(locale, month.bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
