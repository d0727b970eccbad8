"use client";

import { ChevronRightIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";

import { useRevisionWords } from "./revision-words";
import type { Revision } from "./revisions";

interface RevisionListProps {
  revisions: readonly Revision[];
  onOpen: (revision: Revision) => void;
}

/** Who did what, and when. */
export function RevisionList({ revisions, onOpen }: RevisionListProps) {
  const t = useTranslations("editing.history");
  const format = useFormatter();
  const { who, what } = useRevisionWords();
  return (
    <ol className="flex flex-col divide-y divide-line rounded-lg border border-line">
      {revisions.map((revision) => (
        <li key={revision.revision}>
          <button
            type="button"
            onClick={() => onOpen(revision)}
            className="flex w-full items-center gap-3 px-3 py-2.5 text-left hover:bg-hover"
          >
            <span className="w-8 shrink-0 text-right text-sm text-ink-faint tabular-nums">
              {revision.revision}
            </span>
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="text-sm break-words">{what(revision)}</span>
              <span className="text-[0.8125rem] break-words text-ink-faint">
                {who(revision)} ·{" "}
                <time dateTime={revision.created_at}>
                  {format.dateTime(new Date(revision.created_at), {
                    dateStyle: "medium",
                    timeStyle: "short",
                  })}
                </time>
              </span>
            </span>
            {revision.current && <Badge tone="accent">{t("current")}</Badge>}
            <ChevronRightIcon aria-hidden className="size-4 shrink-0 text-ink-faint" />
          </button>
        </li>
      ))}
    </ol>
  );
}
