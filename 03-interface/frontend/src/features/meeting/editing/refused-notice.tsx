"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Notice } from "@/components/state/notice";
import { useProblemWords } from "@/components/state/problem-words";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";

import type { TranscriptStore } from "../model/store";
import { useSaveState } from "../model/use-transcript";

/** Why changes are not saved, and what can be done; while they wait, and when they are refused for good. */
export function RefusedNotice({ store }: { store: TranscriptStore }) {
  const t = useTranslations("editing.saving");
  const common = useTranslations("common");
  const words = useProblemWords();
  const saving = useSaveState(store);
  const [giving, setGiving] = useState(false);
  if (saving.state !== "refused" && saving.state !== "waiting") {
    return null;
  }
  const { title, advice } = words(saving.problem);
  const refused = saving.state === "refused";
  return (
    <Notice
      tone={refused ? "danger" : "warn"}
      title={refused ? t("refusedTitle") : t("waitingTitle")}
      action={
        <div className="flex shrink-0 flex-wrap justify-end gap-2">
          <Button size="small" onClick={() => store.flush()}>
            {common("retry")}
          </Button>
          {refused && (
            <Button size="small" look="quiet" onClick={() => setGiving(true)}>
              {t("discard")}
            </Button>
          )}
        </div>
      }
    >
      {title} — {advice}
      {giving && (
        <Dialog open onOpenChange={setGiving} title={t("discardTitle")} description={t("discardText")}>
          <DialogActions>
            <Button onClick={() => setGiving(false)}>{common("cancel")}</Button>
            <Button
              look="danger"
              onClick={() => {
                store.discard();
                setGiving(false);
              }}
            >
              {t("discard")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </Notice>
  );
}
