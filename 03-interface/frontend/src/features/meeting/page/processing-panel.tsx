"use client";

import { CheckIcon, CircleDotIcon, CircleIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";

import type { Meeting } from "@/api/meetings";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { cn } from "@/lib/cn";

import { Seconds } from "./seconds";
import { headlineOf, type StageState, stagesOf } from "./stages";
import { useProcessing } from "./use-processing";

const MARKS = { done: CheckIcon, now: CircleDotIcon, next: CircleIcon } as const;
const LOOKS: Record<StageState, string> = {
  done: "text-ink-soft",
  now: "font-medium text-ink",
  next: "text-ink-faint",
};

/** What is happening to the recording, what comes next, and how to stop it. */
export function ProcessingPanel({ meeting, mayEdit }: { meeting: Meeting; mayEdit: boolean }) {
  const t = useTranslations("meeting.processing");
  const format = useFormatter();
  const { cancel } = useProcessing(meeting.id);
  const { status, progress } = meeting;
  const headline = headlineOf(meeting);
  const running = headline === "running" || headline === "again";

  return (
    <section
      aria-label={t("processing")}
      className="flex max-w-2xl flex-col gap-5 rounded-xl border border-line bg-raised p-5 sm:p-6"
    >
      <div className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold">{t(`headlines.${headline}.title`)}</h2>
        <p className="text-sm text-ink-soft">{t(`headlines.${headline}.text`)}</p>
      </div>
      {running && (
        <>
          <div className="flex items-center gap-4">
            <Progress value={progress} label={t("progress")} />
            <span className="w-12 text-right text-sm text-ink-soft tabular-nums">
              {progress !== null && format.number(progress, { style: "percent" })}
            </span>
          </div>
          <ol className="flex flex-col gap-2 text-sm">
            {stagesOf(meeting).map(({ stage: one, state, seconds }) => {
              const Mark = MARKS[state];
              return (
                <li
                  key={one}
                  aria-current={state === "now" ? "step" : undefined}
                  className={cn("flex items-center gap-2.5", LOOKS[state])}
                >
                  <Mark aria-hidden className={cn("size-4", state === "now" && "text-accent")} />
                  <span className="flex-1">{t(`stages.${one}`)}</span>
                  <span className="sr-only">{t(`states.${state}`)}</span>
                  {seconds !== null && <Seconds value={seconds} />}
                </li>
              );
            })}
          </ol>
        </>
      )}
      {mayEdit && status !== "UPLOADING" && (
        <Button
          size="small"
          className="self-start"
          disabled={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t("stop")}
        </Button>
      )}
    </section>
  );
}
