"use client";

import { CloudLightningIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";

import { Empty } from "./empty";

interface BrokenProps {
  error: unknown;
  onRetry: () => void;
}

/** Something on the page failed in a way that nobody foresaw. */
export function Broken({ error, onRetry }: BrokenProps) {
  const t = useTranslations("shell");
  const reference = digestOf(error);
  return (
    <div role="alert">
      <Empty
        heading="h1"
        icon={CloudLightningIcon}
        title={t("broken.title")}
        action={
          <>
            <Button look="primary" onClick={onRetry}>
              {t("broken.retry")}
            </Button>
            <Button onClick={() => window.location.assign("/")}>{t("broken.home")}</Button>
          </>
        }
      >
        <p>{t("broken.text")}</p>
        {reference && (
          <p className="pt-2 font-mono text-xs text-ink-faint">{t("broken.reference", { reference })}</p>
        )}
      </Empty>
    </div>
  );
}

/** What finds the error in the server's log, where it happened there. */
function digestOf(error: unknown): string | null {
  const digest = (error as { digest?: unknown } | null)?.digest;
  return typeof digest === "string" ? digest : null;
}
