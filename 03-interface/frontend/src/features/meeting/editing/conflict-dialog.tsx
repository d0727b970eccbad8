"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { clock } from "@/lib/time";

import { keepMine, resolution, wordingOf } from "../model/resolve";
import type { TranscriptStore } from "../model/store";
import type { Conflict, Version } from "../model/types";
import { LONGEST_TEXT } from "../model/wording";
import { useConflicts } from "../model/use-transcript";
import { nameOf } from "./speaker-names";

/** Two people changed the same passage: both versions side by side, one after the other until all are decided. */
export function ConflictDialog({ store }: { store: TranscriptStore }) {
  const t = useTranslations("editing.conflict");
  const conflicts = useConflicts(store);
  const [conflict] = conflicts;
  if (!conflict) {
    return null;
  }
  return (
    <Dialog
      open
      onOpenChange={() => undefined}
      insistent
      wide
      title={t("title", { time: clock((conflict.theirs[0] ?? conflict.mine[0])?.start ?? 0) })}
      description={t("text", { count: conflicts.length })}
    >
      <Decision key={conflict.id} store={store} conflict={conflict} />
    </Dialog>
  );
}

function Decision({ store, conflict }: { store: TranscriptStore; conflict: Conflict }) {
  const t = useTranslations("editing.conflict");
  const [edited, setEdited] = useState<string | null>(null);
  const { mine, theirs } = conflict;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Side store={store} title={t("theirs")} versions={theirs} />
        <Side store={store} title={t("mine")} versions={mine} />
      </div>
      {edited !== null && (
        <Field label={t("edited")}>
          {(ids) => (
            <Textarea
              {...ids}
              value={edited}
              onChange={(event) => setEdited(event.target.value)}
              maxLength={LONGEST_TEXT}
              className="min-h-28 font-serif text-base"
              autoFocus
            />
          )}
        </Field>
      )}
      <DialogActions>
        <Button onClick={() => store.resolve(conflict, [])}>{t("takeTheirs")}</Button>
        {edited === null ? (
          <>
            <Button
              onClick={() =>
                setEdited(wordingOf(theirs.length > 0 ? [...theirs, ...differing(mine, theirs)] : mine))
              }
            >
              {t("edit")}
            </Button>
            <Button look="primary" onClick={() => store.resolve(conflict, keepMine(conflict, store))}>
              {t("keepMine")}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={() => store.resolve(conflict, resolution(conflict, store, edited))}>
            {t("useEdited")}
          </Button>
        )}
      </DialogActions>
    </>
  );
}

function differing(mine: readonly Version[], theirs: readonly Version[]): readonly Version[] {
  return mine.filter(({ text }) => !theirs.some((other) => other.text === text));
}

interface SideProps {
  store: TranscriptStore;
  title: string;
  versions: readonly Version[];
}

function Side({ store, title, versions }: SideProps) {
  const t = useTranslations("editing.conflict");
  const speakers = new Map(store.speakers.map((speaker) => [speaker.id, nameOf(speaker)]));
  return (
    <section className="flex flex-col gap-2 rounded-lg border border-line bg-paper p-3">
      <h3 className="font-sans text-xs font-medium text-ink-faint">{title}</h3>
      {versions.length === 0 && <p className="text-sm text-ink-soft italic">{t("gone")}</p>}
      {versions.map(({ id, speaker, text }) => (
        <div key={id}>
          <p className="text-xs font-medium text-ink-soft">{speakers.get(speaker ?? "") ?? t("unknown")}</p>
          <p className="font-serif break-words">{text}</p>
        </div>
      ))}
    </section>
  );
}
