"use client";

import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";

import { Notice } from "./notice";
import { useProblemWords } from "./problem-words";

/** What went wrong and what to do, in place of what could not be shown. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useTranslations("common");
  const { title, advice, reference } = useProblemWords()(error);
  return (
    <Notice
      tone="danger"
      title={title}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("retry")}
          </Button>
        )
      }
    >
      {advice}
      {reference && <p className="pt-1 font-mono text-xs text-ink-faint">{t("reference", { reference })}</p>}
    </Notice>
  );
}
