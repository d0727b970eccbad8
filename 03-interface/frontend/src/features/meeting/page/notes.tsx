"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";

import type { Meeting } from "@/api/meetings";
import { Textarea } from "@/components/ui/input";

import { useChangeMeeting } from "./use-change-meeting";

const LONGEST = 20_000;
const PAUSE_MS = 900;

/** Notes about the meeting, kept by themselves when the writer pauses. */
export function Notes({ meeting, readOnly }: { meeting: Meeting; readOnly: boolean }) {
  const t = useTranslations("meeting.notes");
  const { mutate, isPending, isSuccess, isError } = useChangeMeeting(meeting.id);
  const [draft, setDraft] = useState<string | null>(null);
  const unsaved = draft !== null && draft !== meeting.notes;

  const keep = () => {
    if (unsaved) {
      const sent = draft;
      mutate({ notes: sent }, { onSuccess: () => setDraft((now) => (now === sent ? null : now)) });
    }
  };
  const save = useEffectEvent(keep);
  useEffect(() => {
    const timer = setTimeout(() => save(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  useEffect(() => () => save(), []);

  if (readOnly) {
    return meeting.notes === "" ? (
      <p className="text-sm text-ink-faint">{t("none")}</p>
    ) : (
      <p className="text-sm whitespace-pre-wrap">{meeting.notes}</p>
    );
  }
  return (
    <div className="flex flex-col gap-1">
      <Textarea
        value={draft ?? meeting.notes}
        maxLength={LONGEST}
        rows={4}
        aria-label={t("notes")}
        placeholder={t("placeholder")}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={keep}
      />
      <p role="status" className="min-h-5 text-xs text-ink-faint">
        {told()}
      </p>
    </div>
  );

  function told() {
    if (isPending) return t("saving");
    if (unsaved) return isError ? t("unsaved") : "";
    return isSuccess ? t("saved") : "";
  }
}
