"use client";

import { useTranslations } from "next-intl";

import type { Meeting } from "@/api/meetings";
import { Notice } from "@/components/state/notice";
import { useCodeWords } from "@/components/state/problem-words";
import { Button } from "@/components/ui/button";

import { lacksPart, useProcessing } from "./use-processing";

/** That a part of the transcript is missing, and how to get it. Other warnings stand among the details. */
export function MissingPart({ meeting, mayEdit }: { meeting: Meeting; mayEdit: boolean }) {
  const t = useTranslations("meeting.missing");
  const { retry } = useProcessing(meeting.id);
  const words = useCodeWords();
  if (!lacksPart(meeting)) {
    return null;
  }
  const told = meeting.warnings.filter(
    ({ code }) => code === "DIARISATION_FAILED" || code === "BLOCK_FAILED",
  );
  return (
    <Notice
      tone="warn"
      title={t("title")}
      className="mb-4"
      action={
        mayEdit && (
          <Button size="small" disabled={retry.isPending} onClick={() => retry.mutate()}>
            {t("make")}
          </Button>
        )
      }
    >
      {told.map(({ code, message }) => (
        <p key={code}>{words(code, message).title}</p>
      ))}
    </Notice>
  );
}

/** Every warning of the processing, in words. */
export function Warnings({ warnings }: { warnings: Meeting["warnings"] }) {
  const words = useCodeWords();
  return (
    <ul className="flex flex-col gap-2">
      {warnings.map(({ code, message }, index) => {
        const { title, advice } = words(code, message);
        return (
          <li key={`${code}-${index}`} className="border-l-2 border-warn pl-3 text-[0.8125rem]">
            <p className="font-medium">{title}</p>
            <p className="text-ink-soft">{advice}</p>
          </li>
        );
      })}
    </ul>
  );
}
