"use client";

import { useTranslations } from "next-intl";

import type { Meeting } from "@/api/meetings";
import { isIncomplete } from "@/components/meeting/meeting-status";
import { useCodeWords } from "@/components/state/problem-words";
import { Button } from "@/components/ui/button";

import type { Deed } from "../bulk/deed";
import { canRetry } from "./actions";
import type { Allowed } from "./use-allowed";

interface RowReasonProps {
  meeting: Meeting;
  allowed: Allowed;
  onDeed: (deed: Deed, meetings: readonly Meeting[]) => void;
}

/** Why it failed, waits or lacks something, and the way to try again. */
export function RowReason({ meeting, allowed, onDeed }: RowReasonProps) {
  const t = useTranslations("meetings.list");
  const words = useCodeWords();
  const reason = reasonOf();
  if (!reason) {
    return null;
  }
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-[0.8125rem] text-ink-soft">
      <span className="break-words">{reason}</span>
      {canRetry(meeting) && allowed.may(meeting, "edit") && (
        <Button
          look="link"
          className="relative z-10 text-[0.8125rem]"
          onClick={() => onDeed("retry", [meeting])}
        >
          {isIncomplete(meeting) ? t("complete") : t("retry")}
        </Button>
      )}
    </p>
  );

  function reasonOf(): string | null {
    const { status, stage, error_code, error_message } = meeting;
    if (status === "FAILED") {
      const { title, advice } = words(error_code ?? "", error_message ?? "");
      return t("reason", { title, advice });
    }
    if (isIncomplete(meeting)) return t("incomplete");
    if (status === "CANCELLED") return t("cancelled");
    if (status === "PENDING") return stage === "waiting" ? t("limited") : t("queued");
    return null;
  }
}
