"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { signOutEverywhere } from "@/api/sign-out";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Skeleton } from "@/components/ui/skeleton";

import { SessionList } from "./session-list";
import { useSessions } from "./use-sessions";

/** Where one is signed in, and how to end that: in one place, or in all. */
export function Sessions() {
  const t = useTranslations("settings.sessions");
  const common = useTranslations("common");
  const sessions = useSessions();
  const [asked, setAsked] = useState(false);
  const everywhere = useMutation({ mutationFn: signOutEverywhere });

  return (
    <>
      {sessions.isPending && (
        <div role="status" aria-label={common("loading")} className="flex flex-col gap-3">
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </div>
      )}
      {sessions.error && !sessions.data && (
        <ProblemNotice error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {sessions.data && <SessionList sessions={sessions.data} />}
      <Button className="self-start" onClick={() => setAsked(true)}>
        {t("everywhere")}
      </Button>
      <Confirm
        open={asked}
        onOpenChange={setAsked}
        title={t("everywhereTitle")}
        description={t("everywhereText")}
        action={t("everywhere")}
        onConfirm={() => everywhere.mutate()}
        pending={everywhere.isPending}
        error={everywhere.error}
      />
    </>
  );
}
