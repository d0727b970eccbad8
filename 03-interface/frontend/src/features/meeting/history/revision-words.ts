"use client";

/** What a revision did, in words. */
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";

import { useMe } from "@/api/me";

import type { Revision } from "./revisions";

const OPERATIONS = [
  "edit_text",
  "split_segment",
  "merge_segments",
  "delete_segment",
  "set_speaker",
  "rename_speaker",
  "merge_speakers",
  "add_speaker",
  "set_flags",
  "review",
] as const;

/** Functions that say who made a revision and what was done. */
export function useRevisionWords(): {
  who: (revision: Revision) => string;
  what: (revision: Revision) => string;
} {
  const t = useTranslations("editing.history");
  const format = useFormatter();
  const locale = useLocale();
  const email = useMe().data?.email;

  const who = useCallback(
    ({ actor, kind }: Revision) => {
      if (kind === "machine") return t("machine");
      return actor === email ? t("you") : actor;
    },
    [t, email],
  );

  const what = useCallback(
    ({ kind, summary, restored_from: from }: Revision) => {
      if (kind === "machine") return t("kinds.machine");
      if (kind === "restore") return t("kinds.restore", { revision: from ?? 0 });
      if (kind === "replace") {
        const { find, replace } = summary as { find?: unknown; replace?: unknown };
        return t("kinds.replace", { find: String(find), replacement: String(replace) });
      }
      const counted = (summary["operations"] ?? {}) as Partial<Record<string, number>>;
      const done = OPERATIONS.filter((operation) => counted[operation]).map((operation) =>
        t(`operations.${operation}`, { count: counted[operation] ?? 0 }),
      );
      const told = format.list(done, { type: "conjunction" });
      return told.charAt(0).toLocaleUpperCase(locale) + told.slice(1);
    },
    [t, format, locale],
  );

  return { who, what };
}
