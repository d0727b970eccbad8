"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";

import { Moment } from "@/components/ui/moment";
import { clock } from "@/lib/time";

import { Snippet } from "./snippet";
import type { Hit } from "./use-search";

/** A meeting that was found, with the passages that match best; each leads to its second. */
export function HitCard({ hit }: { hit: Hit }) {
  const t = useTranslations("meetings.search");
  const locale = useLocale();
  const more = hit.matches - hit.segments.length;
  return (
    <article className="flex max-w-4xl flex-col gap-2 border-b border-line py-5 last:border-0">
      <h2 className="text-lg leading-snug">
        <Link href={`/meetings/${hit.meeting_id}`} className="hover:text-accent hover:underline">
          <Snippet snippet={hit.title} />
        </Link>
      </h2>
      <p className="flex flex-wrap gap-x-2 text-[0.8125rem] text-ink-faint">
        <span>{hit.project}</span>
        <span aria-hidden>·</span>
        <Moment at={hit.created_at} />
        {hit.duration !== null && (
          <>
            <span aria-hidden>·</span>
            <span className="tabular-nums">{clock(hit.duration)}</span>
          </>
        )}
        {hit.tags.map((tag) => (
          <span key={tag}>#{tag}</span>
        ))}
      </p>
      {hit.notes && (
        <p className="font-serif text-ink-soft">
          <span className="mr-1.5 font-sans text-xs text-ink-faint">{t("inNotes")}</span>
          <Snippet snippet={hit.notes} />
        </p>
      )}
      {hit.segments.length > 0 && (
        <ul className="-mx-2 flex flex-col">
          {hit.segments.map((segment) => (
            <li key={segment.segment_id}>
              <Passage hit={hit} segment={segment} />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <p className="text-[0.8125rem] text-ink-faint">
          {t("more", { count: more, shown: new Intl.NumberFormat(locale).format(more) })}
        </p>
      )}
    </article>
  );
}

function Passage({ hit, segment }: { hit: Hit; segment: Hit["segments"][number] }) {
  const { start, segment_id, speaker, snippet, language } = segment;
  return (
    <Link
      href={`/meetings/${hit.meeting_id}?t=${start}&segment=${segment_id}`}
      className="flex gap-3 rounded-md px-2 py-1.5 hover:bg-hover"
    >
      <span className="w-14 shrink-0 pt-0.5 text-right text-[0.8125rem] text-accent tabular-nums">
        {clock(start)}
      </span>
      <span className="min-w-0 flex-1">
        {speaker && <span className="mr-2 text-[0.8125rem] font-medium text-ink-soft">{speaker}</span>}
        <span lang={language} className="font-serif leading-relaxed break-words">
          <Snippet snippet={snippet} />
        </span>
      </span>
    </Link>
  );
}
