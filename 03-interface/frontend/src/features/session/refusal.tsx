"use client";

import { useTranslations } from "next-intl";

import { Problem } from "@/api/problem";
import { Notice } from "@/components/state/notice";
import { ProblemNotice } from "@/components/state/problem-notice";
import { useProblemWords } from "@/components/state/problem-words";

/** Why one was not let in; how long to wait counts down beside it. */
export function Refusal({ error, secondsLeft }: { error: Error; secondsLeft: number }) {
  const t = useTranslations("session");
  const words = useProblemWords();
  if (!(error instanceof Problem) || error.status === 0 || error.status >= 500) {
    return <ProblemNotice error={error} />;
  }
  const { title, advice } = words(error);
  return (
    <Notice tone="danger" title={title}>
      {error.status !== 429 && advice}
      {error.status === 429 && (
        <span aria-live="off" className="tabular-nums">
          {secondsLeft > 0 ? t("wait", { seconds: secondsLeft }) : t("waited")}
        </span>
      )}
    </Notice>
  );
}
