"use client";

import { useTranslations } from "next-intl";

import type { Meeting } from "@/api/meetings";
import { Notice } from "@/components/state/notice";
import { useCodeWords } from "@/components/state/problem-words";
import { Button } from "@/components/ui/button";

import { useProcessing } from "./use-processing";

/** Why there is no transcript, or no new one, and what can be done about it. */
export function EndedPanel({ meeting, mayEdit }: { meeting: Meeting; mayEdit: boolean }) {
  const t = useTranslations("meeting.ended");
  const { retry } = useProcessing(meeting.id);
  const words = useCodeWords();
  const failed = meeting.status === "FAILED";
  const reason = failed ? words(meeting.error_code ?? "", meeting.error_message ?? "") : null;
  return (
    <Notice
      tone={failed ? "danger" : "info"}
      title={failed ? t("failed", { reason: reason?.title ?? "" }) : t("cancelled")}
      className="max-w-2xl"
      action={
        mayEdit && (
          <Button size="small" disabled={retry.isPending} onClick={() => retry.mutate()}>
            {t("retry")}
          </Button>
        )
      }
    >
      <p>{reason ? reason.advice : t("cancelledText")}</p>
      {failed && <p className="pt-1">{t("kept")}</p>}
    </Notice>
  );
}
