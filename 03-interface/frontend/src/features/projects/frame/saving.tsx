"use client";

import { useTranslations } from "next-intl";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";

interface SavingProps {
  changed: boolean;
  pending: boolean;
  saved: boolean;
  error: unknown;
  onReset: () => void;
}

/** The end of a form: what went wrong, whether anything is left to save, and the button that does. */
export function Saving({ changed, pending, saved, error, onReset }: SavingProps) {
  const t = useTranslations("projects");
  const common = useTranslations("common");
  return (
    <div className="flex flex-col gap-3">
      {error !== null && <ProblemNotice error={error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={!changed || pending}>
          {pending ? t("saving.pending") : common("save")}
        </Button>
        {changed && !pending && <Button onClick={onReset}>{t("saving.reset")}</Button>}
        <p role="status" className="text-sm text-ink-soft">
          {changed ? t("saving.changed") : saved ? t("saving.saved") : ""}
        </p>
      </div>
    </div>
  );
}
