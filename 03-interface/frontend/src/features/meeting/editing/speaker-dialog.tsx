"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

import type { TranscriptStore } from "../model/store";
import type { Operation, Segment } from "../model/types";
import { oneLine } from "../model/wording";
import { SpeakerSelect, useWhom } from "./speaker-select";
import { nameOf } from "./speaker-names";
import { assigning, onwards } from "./speaker-tasks";

export type SpeakerTask = "rename" | "assign" | "assignNew" | "onwards" | "merge";

interface SpeakerDialogProps {
  task: SpeakerTask;
  store: TranscriptStore;
  segment: Segment;
  onClose: () => void;
}

/** Asks for the one thing that a change of speakers needs to know. */
export function SpeakerDialog({ task, store, segment, onClose }: SpeakerDialogProps) {
  const t = useTranslations("editing.speaker");
  const common = useTranslations("common");
  const speaker = store.speakers.find(({ id }) => id === segment.speaker);
  const others = store.speakers.filter(({ id }) => id !== segment.speaker);
  const [name, setName] = useState(task === "rename" ? (speaker?.name ?? "") : "");
  const whom = useWhom(others);
  const named = task === "rename" || task === "assignNew";
  const count = task === "onwards" ? onwards(store.segments, segment).length : 0;
  const who = speaker ? nameOf(speaker) : t("unknown");

  function operations(): Operation[] {
    if (task === "onwards") {
      return assigning(onwards(store.segments, segment), whom.chosen, store.speakers);
    }
    if (task === "assign") {
      return assigning([segment], whom.chosen, store.speakers);
    }
    if (task === "assignNew") {
      return oneLine(name) ? assigning([segment], { name: oneLine(name) }, store.speakers) : [];
    }
    if (!speaker) {
      return [];
    }
    if (task === "rename") {
      return [{ op: "rename_speaker", speaker: speaker.id, name: oneLine(name) || null }];
    }
    const into = whom.chosen && "id" in whom.chosen ? whom.chosen.id : null;
    return into === null ? [] : [{ op: "merge_speakers", speaker: speaker.id, into }];
  }

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const wanted = operations();
    if (wanted.length > 0) {
      store.edit(wanted);
    }
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(`tasks.${task}.title`, { name: who })}
      description={t(`tasks.${task}.text`, { name: who, count })}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {named ? (
          <Field label={t("name")}>
            {(ids) => (
              <Input
                {...ids}
                value={name}
                onChange={(event) => setName(event.target.value)}
                placeholder={task === "rename" ? speaker?.label : undefined}
                maxLength={200}
                autoComplete="off"
                autoFocus
                required={task === "assignNew"}
              />
            )}
          </Field>
        ) : (
          <SpeakerSelect whom={whom} speakers={others} existingOnly={task === "merge"} />
        )}
        <DialogActions>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" look="primary" disabled={!named && whom.incomplete}>
            {t(`tasks.${task}.action`)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
