"use client";

import { useMutation } from "@tanstack/react-query";
import { ArrowLeftIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";

import type { TranscriptStore } from "../model/store";
import { DifferenceView } from "./difference-view";
import { useRevisionWords } from "./revision-words";
import { type Revision, useDifference } from "./revisions";

const COMPARISONS = ["before", "current"] as const;
type Comparison = (typeof COMPARISONS)[number];

interface RevisionViewProps {
  store: TranscriptStore;
  revision: Revision;
  current: number;
  readOnly: boolean;
  onBack: () => void;
  onRestored: () => void;
}

/** One revision: what it changed, or what has changed since, and the way back to it. */
export function RevisionView(props: RevisionViewProps) {
  const { store, revision, current, readOnly, onBack } = props;
  const t = useTranslations("editing.history");
  const common = useTranslations("common");
  const format = useFormatter();
  const { who, what } = useRevisionWords();
  const number = revision.revision;
  const [against, setAgainst] = useState<Comparison>(number === 1 ? "current" : "before");
  const [from, to] = against === "before" ? [Math.max(1, number - 1), number] : [number, current];
  const difference = useDifference(store.meetingId, to, from);
  const comparisons = COMPARISONS.filter((one) => (one === "before" ? number > 1 : number !== current));
  const date = format.dateTime(new Date(revision.created_at), { dateStyle: "full", timeStyle: "short" });
  return (
    <>
      <Button look="quiet" size="small" className="-ml-2 self-start" onClick={onBack}>
        <ArrowLeftIcon aria-hidden />
        {t("all")}
      </Button>
      <p className="text-sm text-ink-soft">
        {what(revision)}
        <span className="block text-[0.8125rem] text-ink-faint">
          {who(revision)} · {date}
        </span>
      </p>
      {comparisons.length > 0 && (
        <Tabs value={against} onValueChange={(value) => setAgainst(value as Comparison)}>
          <TabList aria-label={t("compare")}>
            {comparisons.map((one) => (
              <Tab key={one} value={one}>
                {t(`comparisons.${one}`)}
              </Tab>
            ))}
          </TabList>
          <TabPanel value={against} className="flex flex-col gap-4">
            {difference.error && (
              <ProblemNotice error={difference.error} onRetry={() => void difference.refetch()} />
            )}
            {difference.isPending && (
              <div role="status" aria-label={common("loading")} className="flex flex-col gap-2">
                <Skeleton className="h-12" />
                <Skeleton className="h-12" />
              </div>
            )}
            {difference.data && <DifferenceView difference={difference.data} speakers={store.speakers} />}
          </TabPanel>
        </Tabs>
      )}
      {!readOnly && number !== current && <RestoreActions {...props} />}
    </>
  );
}

function RestoreActions({ store, revision, onRestored }: RevisionViewProps) {
  const t = useTranslations("editing.history");
  const common = useTranslations("common");
  const [asked, setAsked] = useState(false);
  const restoring = useMutation({
    mutationFn: () => store.restore(revision.revision),
    onSuccess: () => {
      toast(t("restored", { revision: revision.revision }), {
        action: { label: common("undo"), onClick: () => store.undo() },
      });
      onRestored();
    },
  });
  return (
    <>
      {restoring.error && <ProblemNotice error={restoring.error} onRetry={() => restoring.mutate()} />}
      {asked && (
        <p role="status" className="text-sm text-ink-soft">
          {t("restoreText")}
        </p>
      )}
      <DialogActions>
        {asked ? (
          <>
            <Button onClick={() => setAsked(false)}>{common("cancel")}</Button>
            <Button look="primary" disabled={restoring.isPending} onClick={() => restoring.mutate()}>
              {t("restoreConfirm")}
            </Button>
          </>
        ) : (
          <Button onClick={() => setAsked(true)}>{t("restore")}</Button>
        )}
      </DialogActions>
    </>
  );
}
