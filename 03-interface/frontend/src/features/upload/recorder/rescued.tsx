"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Notice } from "@/components/state/notice";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";

import type { Wishes } from "../chosen/wishes";
import { useUploads } from "../uploads-context";
import type { Rescue } from "./recorder";
import { recordedAt, useSendRecording } from "./use-send-recording";

/** A recording that the browser had no room for: it should be sent before the page is closed. */
export function Rescued({ rescue, wishes }: { rescue: Rescue; wishes: Wishes }) {
  const t = useTranslations("upload.recordings");
  const locale = useLocale();
  const { recorder } = useUploads();
  const send = useSendRecording(wishes);
  const [asking, setAsking] = useState(false);
  const { id, file } = rescue;

  function handIn() {
    void send(file);
    recorder.forget(id);
  }

  return (
    <Notice
      tone="warn"
      title={t("rescued")}
      action={
        <div className="flex flex-wrap justify-end gap-1">
          <Button look="quiet" size="small" onClick={() => setAsking(true)}>
            {t("discard")}
          </Button>
          <Button look="primary" size="small" onClick={handIn}>
            {t("send")}
          </Button>
        </div>
      }
    >
      <p>{t("titleOf", { moment: recordedAt(locale, file.lastModified) })}</p>
      <p>{t("rescuedAdvice")}</p>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("discardTitle")}
        description={t("discardText")}
        action={t("discard")}
        onConfirm={() => recorder.forget(id)}
        pending={false}
      />
    </Notice>
  );
}
