"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";

import type { TranscriptStore } from "../model/store";
import { RevisionList } from "./revision-list";
import { RevisionView } from "./revision-view";
import { type Revision, useRevisions } from "./revisions";

interface HistoryDialogProps {
  store: TranscriptStore;
  readOnly: boolean;
  onClose: () => void;
}

/** Every revision, newest first; one of them opens in the place of the list. */
export function HistoryDialog({ store, readOnly, onClose }: HistoryDialogProps) {
  const t = useTranslations("editing.history");
  const common = useTranslations("common");
  const revisions = useRevisions(store.meetingId);
  const [opened, setOpened] = useState<Revision | null>(null);
  const current = revisions.data?.[0]?.revision ?? store.revision;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      wide
      title={opened ? t("revision", { revision: opened.revision }) : t("title")}
      description={opened ? undefined : t("text")}
    >
      {opened ? (
        <RevisionView
          store={store}
          revision={opened}
          current={current}
          readOnly={readOnly}
          onBack={() => setOpened(null)}
          onRestored={onClose}
        />
      ) : (
        <>
          {revisions.error && (
            <ProblemNotice error={revisions.error} onRetry={() => void revisions.refetch()} />
          )}
          {revisions.isPending && (
            <div role="status" aria-label={common("loading")} className="flex flex-col gap-2">
              <Skeleton className="h-14" />
              <Skeleton className="h-14" />
              <Skeleton className="h-14" />
            </div>
          )}
          {revisions.data && <RevisionList revisions={revisions.data} onOpen={setOpened} />}
          {revisions.hasNextPage && (
            <Button
              className="self-center"
              disabled={revisions.isFetchingNextPage}
              onClick={() => void revisions.fetchNextPage()}
            >
              {t("older")}
            </Button>
          )}
        </>
      )}
    </Dialog>
  );
}
