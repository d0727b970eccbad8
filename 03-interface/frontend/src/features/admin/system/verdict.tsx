"use client";

import { CircleCheckIcon, TriangleAlertIcon } from "lucide-react";
import { useNow, useTranslations } from "next-intl";

import { cn } from "@/lib/cn";

import type { System } from "../data/system";
import { concernsOf, GRAVE } from "./concerns";

const EVERY_MS = 30_000;

/** Whether all is well, in a sentence; else what is not. */
export function Verdict({ system }: { system: System }) {
  const t = useTranslations("admin");
  const now = useNow({ updateInterval: EVERY_MS });
  const concerns = concernsOf(system, now);
  const grave = concerns.some((concern) => GRAVE.has(concern));
  const well = concerns.length === 0;
  const Icon = well ? CircleCheckIcon : TriangleAlertIcon;
  return (
    <div
      role="status"
      className={cn(
        "flex items-start gap-4 rounded-lg px-5 py-4",
        well ? "bg-ok-soft" : grave ? "bg-danger-soft" : "bg-warn-soft",
      )}
    >
      <Icon
        aria-hidden
        className={cn("mt-1 size-5 shrink-0", well ? "text-ok" : grave ? "text-danger" : "text-warn")}
      />
      <div className="flex flex-col gap-1">
        <p className="font-serif text-lg">{well ? t("verdict.well") : t("verdict.concerns")}</p>
        {!well && (
          <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
            {concerns.map((concern) => (
              <li key={concern}>{t(`concerns.${concern}`, { count: system.jobs.failed_last_day })}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
