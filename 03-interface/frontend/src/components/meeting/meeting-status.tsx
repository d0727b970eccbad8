"use client";

import { useFormatter, useTranslations } from "next-intl";

import type { Meeting } from "@/api/meetings";
import { Badge } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import { cn } from "@/lib/cn";

const STAGES = ["convert", "diarise", "transcribe", "fuse", "publish", "waiting"] as const;
const INCOMPLETE = new Set(["DIARISATION_FAILED", "BLOCK_FAILED"]);

export type StatusOf = Pick<Meeting, "status" | "stage" | "progress" | "warnings">;

/** Whether the transcript lacks a part that a retry may still get. */
export function isIncomplete({ status, warnings }: Pick<Meeting, "status" | "warnings">): boolean {
  return status === "COMPLETED" && warnings.some(({ code }) => INCOMPLETE.has(code));
}

/** A function that says in words how far a meeting has come. */
export function useStatusWords(): (meeting: StatusOf) => string {
  const t = useTranslations("meetings.status");
  const format = useFormatter();
  return (meeting) => {
    const { status, progress } = meeting;
    const stage = STAGES.find((one) => one === meeting.stage);
    if (isIncomplete(meeting)) {
      return t("incomplete");
    }
    if (status === "PENDING" && stage === "waiting") {
      return t("limited");
    }
    if (status !== "PROCESSING" || !stage || stage === "waiting") {
      return t(status);
    }
    const percent = format.number(Math.floor((progress ?? 0) * 100) / 100, { style: "percent" });
    return progress === null ? t(`stages.${stage}`) : t("progress", { stage: t(`stages.${stage}`), percent });
  };
}

function toneOf(meeting: StatusOf) {
  if (isIncomplete(meeting)) return "warn";
  switch (meeting.status) {
    case "COMPLETED":
      return "ok";
    case "FAILED":
      return "danger";
    case "PROCESSING":
      return "accent";
    default:
      return "plain";
  }
}

/** How far a meeting has come, in words, with a bar while it is processed. */
export function MeetingStatus({ meeting, className }: { meeting: StatusOf; className?: string }) {
  const words = useStatusWords()(meeting);
  return (
    <span className={cn("inline-flex min-w-0 flex-col items-start gap-1.5", className)}>
      <Badge tone={toneOf(meeting)} className="max-w-full tabular-nums">
        <span className="truncate">{words}</span>
      </Badge>
      {meeting.status === "PROCESSING" && (
        <Progress value={meeting.progress} label={words} className="h-1 w-full min-w-24" />
      )}
    </span>
  );
}
