"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Notice } from "@/components/state/notice";
import { Button } from "@/components/ui/button";

import type { Wishes } from "../chosen/wishes";
import { useSendRecording } from "./use-send-recording";

/** A recording that the browser had no room for: it should be sent before the page is closed. */
export function Rescued({ file, wishes }: { file: File; wishes: Wishes }) {
  const t = useTranslations("upload.recordings");
  const send = useSendRecording(wishes);
  const [sent, setSent] = useState(false);
  return (
    !sent && (
      <Notice
        tone="warn"
        title={t("rescued")}
        action={
          <Button
            look="primary"
            size="small"
            onClick={() => {
              setSent(true);
              void send(file);
            }}
          >
            {t("send")}
          </Button>
        }
      >
        {t("rescuedAdvice")}
      </Notice>
    )
  );
}
