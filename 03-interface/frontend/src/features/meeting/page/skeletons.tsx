"use client";

import { useTranslations } from "next-intl";

import { Skeleton } from "@/components/ui/skeleton";

const LINES = ["w-full", "w-11/12", "w-full", "w-9/12", "w-full", "w-10/12", "w-full", "w-7/12"];

/** A meeting on its way. */
export function MeetingSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className="flex flex-col gap-4">
      <Skeleton className="h-4 w-24" />
      <Skeleton className="h-9 w-full max-w-xl" />
      <Skeleton className="h-4 w-72 max-w-full" />
      <Lines />
    </div>
  );
}

/** A transcript on its way. */
export function TranscriptSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")}>
      <Lines />
    </div>
  );
}

function Lines() {
  return (
    <div className="flex max-w-3xl flex-col gap-3 pt-4">
      {LINES.map((width, index) => (
        <Skeleton key={index} className={`h-5 ${width}`} />
      ))}
    </div>
  );
}
