"use client";

import { useLocale, useNow, useTranslations } from "next-intl";

import { dayOf } from "@/lib/moments";

const DAY_MS = 86_400_000;

/** What so many days mean for a recording that is handed in today. */
export function Meaning({ days }: { days: number | null }) {
  const t = useTranslations("projects");
  const locale = useLocale();
  const now = useNow();
  return (
    <p className="font-serif text-lg leading-relaxed" role="status">
      {days === null
        ? t("retention.meansInstance")
        : t("retention.means", { days, date: dayOf(locale, new Date(now.getTime() + days * DAY_MS)) })}
    </p>
  );
}
