"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";

import type { Meeting } from "@/api/meetings";
import { exactly } from "@/lib/moments";
import { clock } from "@/lib/time";

/** When, how long, in which language, where: one line below the title. */
export function Facts({ meeting, project }: { meeting: Meeting; project: string }) {
  const t = useTranslations("meeting.header");
  const format = useFormatter();
  const locale = useLocale();
  const language = meeting.spoken_language ?? meeting.language;
  const facts = [
    {
      name: t("date"),
      value: format.dateTime(new Date(meeting.created_at), { dateStyle: "long" }),
      title: exactly(locale, meeting.created_at),
    },
    meeting.duration !== null && { name: t("duration"), value: clock(meeting.duration) },
    language !== null && {
      name: t("language"),
      value: languageName(locale, language) ?? t("unknownLanguage"),
    },
    project !== "" && { name: t("project"), value: project },
  ].filter((fact) => fact !== false);
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-soft">
      {facts.map(({ name, value, ...rest }) => (
        <div key={name} {...rest}>
          <dt className="sr-only">{name}</dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A language as the reader calls it; undefined where nobody knows which it is. */
function languageName(locale: string, tag: string): string | undefined {
  if (tag === "und") {
    return undefined;
  }
  const name = new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
