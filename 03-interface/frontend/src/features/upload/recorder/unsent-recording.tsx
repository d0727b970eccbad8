"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { clock } from "@/lib/time";

import type { Wishes } from "../chosen/wishes";
import { type Recording, whole } from "./recordings";
import { Sound } from "./sound";
import { useDiscard } from "./use-recordings";
import { recordedAt, useSendRecording } from "./use-send-recording";

export function UnsentRecording({ recording, wishes }: { recording: Recording; wishes: Wishes }) {
  const t = useTranslations("upload.recordings");
  const locale = useLocale();
  const send = useSendRecording(wishes);
  const discard = useDiscard();
  const [listening, setListening] = useState(false);
  const [asking, setAsking] = useState(false);
  const [sending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<"incomplete" | "unreadable" | null>(null);

  async function handIn() {
    setSending(true);
    setTrouble(null);
    const file = await whole(recording);
    if (!(file instanceof File)) {
      setTrouble(file);
      setSending(false);
    } else if (await send(file)) {
      await discard(recording);
    }
  }

  return (
    <li className="flex flex-col gap-3 rounded-lg border border-line bg-raised px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="flex min-w-0 flex-1 basis-40 flex-col">
          <span className="font-medium">{recordedAt(locale, recording.startedAt)}</span>
          <span className="text-[0.8125rem] text-ink-soft tabular-nums">{clock(recording.seconds)}</span>
        </p>
        <div className="flex flex-wrap gap-1">
          <Button
            look="quiet"
            size="small"
            onClick={() => setListening(!listening)}
            aria-expanded={listening}
          >
            {t("listen")}
          </Button>
          <Button look="quiet" size="small" onClick={() => setAsking(true)}>
            {t("discard")}
          </Button>
          <Button look="primary" size="small" disabled={sending} onClick={() => void handIn()}>
            {sending ? t("sent") : t("send")}
          </Button>
        </div>
      </div>
      <p role="status" className="text-[0.8125rem] text-danger empty:hidden">
        {trouble && t(trouble)}
      </p>
      {listening && <Sound recording={recording} />}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("discardTitle")}
        description={t("discardText")}
        action={t("discard")}
        onConfirm={() => void discard(recording)}
        pending={false}
      />
    </li>
  );
}
