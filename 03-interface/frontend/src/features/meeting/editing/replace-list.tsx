"use client";

import { useTranslations } from "next-intl";

import type { Schemas } from "@/api/client";
import { clock } from "@/lib/time";

import { wordChanges } from "../history/word-changes";
import { ChangedWords } from "../history/changed-words";

const SHOWN = 100;

/** Each passage as it would be. */
export function ReplaceList({ hits }: { hits: readonly Schemas["HitRead"][] }) {
  const t = useTranslations("editing.find");
  return (
    <>
      <ul className="flex max-h-[40dvh] flex-col divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {hits.slice(0, SHOWN).map(({ segment, start, before, after }) => (
          <li key={segment} className="flex gap-3 px-3 py-2">
            <span className="pt-0.5 text-xs text-ink-faint tabular-nums">{clock(start)}</span>
            <p className="min-w-0 font-serif break-words">
              <ChangedWords pieces={wordChanges(before, after)} />
            </p>
          </li>
        ))}
      </ul>
      {hits.length > SHOWN && (
        <p className="text-[0.8125rem] text-ink-faint">{t("more", { count: hits.length - SHOWN })}</p>
      )}
    </>
  );
}
