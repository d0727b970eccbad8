"use client";

import { useTranslations } from "next-intl";

import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["w-2/3", "w-1/2", "w-3/5", "w-2/5", "w-1/2"];

export function ListSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className="flex flex-col">
      {ROWS.map((width, place) => (
        <div key={place} className="flex flex-col gap-2.5 border-b border-line py-4.5">
          <Skeleton className={`h-5 ${width}`} />
          <Skeleton className="h-4 w-1/3" />
        </div>
      ))}
    </div>
  );
}
