"use client";

/** Errors of the gateway in the reader's language: what happened, and what to do. */
import { useTranslations } from "next-intl";
import { useCallback } from "react";

import type { Messages } from "@/i18n/messages";
import { Problem } from "@/api/problem";

export interface CodeWords {
  title: string;
  advice: string;
}

export interface ProblemWords extends CodeWords {
  /** What finds the error in the operator's log. */
  reference: string | null;
}

type Known = keyof Messages["errors"]["known"];

/**
 * A function that words an error. Codes without words of their own (messages: errors.known) are told by
 * what kind of status they came with, and in the gateway's own English sentence.
 */
export function useProblemWords(): (error: unknown) => ProblemWords {
  const t = useTranslations("errors");
  const known = useKnownWords();
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof Problem)) {
        return { title: t("unexpected.title"), advice: t("unexpected.advice"), reference: null };
      }
      const reference = error.detail["correlation_id"];
      const words = known(error.code, error.retryAfterSeconds ?? 0) ?? {
        title: t(kindOf(error.status)),
        advice: error.message,
      };
      return { ...words, reference: typeof reference === "string" ? reference : null };
    },
    [t, known],
  );
}

/**
 * A function that words a bare code: why a meeting failed, or what its transcript warns of. `fallback` is
 * the sentence that came with the code, for codes that have no words here.
 */
export function useCodeWords(): (code: string, fallback: string) => CodeWords {
  const t = useTranslations("errors");
  const known = useKnownWords();
  return useCallback(
    (code: string, fallback: string) => known(code, 0) ?? { title: t("kinds.message"), advice: fallback },
    [t, known],
  );
}

function useKnownWords(): (code: string, seconds: number) => CodeWords | null {
  const t = useTranslations("errors");
  return useCallback(
    (code: string, seconds: number) =>
      t.has(`known.${code as Known}.title`)
        ? {
            title: t(`known.${code as Known}.title`),
            advice: t(`known.${code as Known}.advice`, { seconds }),
          }
        : null,
    [t],
  );
}

function kindOf(status: number) {
  if (status === 403) return "kinds.forbidden";
  if (status === 404) return "kinds.missing";
  if (status === 409 || status === 412 || status === 423) return "kinds.conflict";
  if (status === 413) return "kinds.tooLarge";
  if (status === 429) return "kinds.tooMany";
  if (status === 507) return "kinds.full";
  if (status >= 500) return "kinds.server";
  return "kinds.refused";
}
