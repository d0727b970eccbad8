"use client";

import { CheckCheckIcon, UserRoundIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";

import type { TranscriptStore } from "../model/store";
import type { Segment } from "../model/types";
import { useSegments } from "../model/use-transcript";
import { selectionOf, useSelection } from "./selection";
import { SpeakerSelect, useWhom } from "./speaker-select";
import { assigning } from "./speaker-tasks";

/** What can be done to all that is selected. */
export function SelectionBar({ store }: { store: TranscriptStore }) {
  const t = useTranslations("editing.selection");
  const ids = useSelection(store);
  const [speaking, setSpeaking] = useState(false);
  const segments = useSegments(store).filter(({ id }) => ids.has(id));
  const selection = selectionOf(store);
  if (ids.size === 0) {
    return null;
  }

  function review() {
    store.edit(segments.map(({ id }) => ({ op: "review", segment: id, reviewed: true })));
    selection.clear();
  }

  return (
    <div className="flex flex-wrap items-center gap-2 rounded-lg bg-accent-soft px-3 py-1.5 text-sm">
      <span role="status" className="mr-auto tabular-nums">
        {t("count", { count: segments.length })}
      </span>
      <Button size="small" onClick={() => setSpeaking(true)}>
        <UserRoundIcon aria-hidden />
        {t("speaker")}
      </Button>
      <Button size="small" onClick={review}>
        <CheckCheckIcon aria-hidden />
        {t("review")}
      </Button>
      <Button look="quiet" size="icon-small" aria-label={t("clear")} onClick={() => selection.clear()}>
        <XIcon aria-hidden />
      </Button>
      {speaking && (
        <AssignDialog
          store={store}
          segments={segments}
          onClose={(done) => {
            setSpeaking(false);
            if (done) selection.clear();
          }}
        />
      )}
    </div>
  );
}

interface AssignDialogProps {
  store: TranscriptStore;
  segments: readonly Segment[];
  onClose: (done: boolean) => void;
}

function AssignDialog({ store, segments, onClose }: AssignDialogProps) {
  const t = useTranslations("editing.selection");
  const common = useTranslations("common");
  const whom = useWhom(store.speakers);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const operations = assigning(segments, whom.chosen, store.speakers);
    if (operations.length > 0) store.edit(operations);
    onClose(true);
  }

  return (
    <Dialog
      open
      onOpenChange={() => onClose(false)}
      title={t("speakerTitle")}
      description={t("count", { count: segments.length })}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <SpeakerSelect whom={whom} speakers={store.speakers} />
        <DialogActions>
          <Button onClick={() => onClose(false)}>{common("cancel")}</Button>
          <Button type="submit" look="primary" disabled={whom.incomplete}>
            {t("assign")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
