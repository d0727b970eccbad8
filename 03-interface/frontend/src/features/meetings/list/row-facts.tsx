"use client";

import { useLocale, useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";

import type { Meeting } from "@/api/meetings";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { languageName } from "@/lib/languages";
import { clock } from "@/lib/time";

const NAMES_SHOWN = 3;
/** What BCP 47 calls a language that nobody could tell. */
const UNKNOWN = "und";

/** Where it belongs, when it was handed in, how long it is, who speaks what, and its tags. */
export function RowFacts({ meeting, project }: { meeting: Meeting; project: string | undefined }) {
  const t = useTranslations("meetings.list");
  const locale = useLocale();
  const { duration, speaker_names: names, tags } = meeting;
  const language = meeting.spoken_language ?? meeting.language;
  const others = names.length - NAMES_SHOWN;
  const facts: Record<string, ReactNode> = {
    project,
    date: <Moment at={meeting.created_at} className="relative whitespace-nowrap" />,
    duration: duration !== null && <span className="tabular-nums">{clock(duration)}</span>,
    language: language && language !== UNKNOWN && languageName(locale, language),
    speakers: [names.slice(0, NAMES_SHOWN).join(", "), others > 0 ? t("others", { count: others }) : ""]
      .filter(Boolean)
      .join(" "),
  };
  return (
    <div className="text-[0.8125rem] leading-6 break-words text-ink-faint">
      {Object.entries(facts)
        .filter(([, fact]) => !!fact)
        .map(([name, fact], place) => (
          <Fragment key={name}>
            {place > 0 && (
              <span aria-hidden className="mx-1">
                ·
              </span>
            )}
            {fact}
          </Fragment>
        ))}
      {tags.map((tag) => (
        <Badge key={tag} className="ml-1.5">
          {tag}
        </Badge>
      ))}
    </div>
  );
}
