"use client";

import { useTranslations } from "next-intl";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";

import { useSystem } from "../data/system";
import { Engines } from "./engines";
import { Queue } from "./queue";
import { Services } from "./services";
import { Storage } from "./storage";
import { Verdict } from "./verdict";
import { Workers } from "./workers";

/** The instance at this moment; it looks again every few seconds and says nothing while all is well. */
export function SystemPage() {
  const t = useTranslations("admin");
  const { data: system, error, refetch } = useSystem();
  return (
    <div className="flex flex-col gap-10">
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!system && !error && <Skeleton className="h-96 w-full" />}
      {system && (
        <>
          {!error && <Verdict system={system} />}
          <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
            <Services system={system} />
            <Queue system={system} />
            <Workers system={system} />
            <Storage system={system} />
          </div>
          <Engines />
          <p className="text-[0.8125rem] text-ink-faint">
            {t("system.version", { version: system.version })}
          </p>
        </>
      )}
    </div>
  );
}
