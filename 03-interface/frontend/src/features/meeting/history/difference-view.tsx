"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import type { Schemas } from "@/api/client";
import { clock } from "@/lib/time";

import type { Speaker } from "../model/types";
import { ChangedWords } from "./changed-words";
import type { Difference } from "./revisions";
import { lines, type Line } from "./lines";

interface DifferenceViewProps {
  difference: Difference;
  /** As the transcript has them now; those of the difference are added. */
  speakers: readonly Speaker[];
}

/** Words struck and added, passages that came and went, and who became whom. */
export function DifferenceView({ difference, speakers }: DifferenceViewProps) {
  const t = useTranslations("editing.history");
  const names = namesIn(difference, speakers);
  const nameOf = (id: string | null) => names.get(id ?? "") ?? t("unknown");
  const found = lines(difference);
  const renamed = difference.speakers_changed;
  const empty =
    found.length + renamed.length + difference.speakers_added.length + difference.speakers_removed.length ===
    0;
  if (empty) {
    return <p className="py-6 text-center text-sm text-ink-soft">{t("same")}</p>;
  }
  return (
    <ul className="flex flex-col divide-y divide-line rounded-lg border border-line">
      {renamed.map(({ before, after }) => (
        <Row key={after.id}>
          {t("renamed", { before: before.name ?? before.label, after: after.name ?? after.label })}
        </Row>
      ))}
      {difference.speakers_added.map((speaker) => (
        <Row key={speaker.id}>{t("speakerAdded", { name: speaker.name ?? speaker.label })}</Row>
      ))}
      {difference.speakers_removed.map((speaker) => (
        <Row key={speaker.id}>{t("speakerRemoved", { name: speaker.name ?? speaker.label })}</Row>
      ))}
      {found.map((line) => (
        <Row key={`${line.kind}-${line.id}`} start={line.start}>
          <LineText line={line} nameOf={nameOf} />
        </Row>
      ))}
    </ul>
  );
}

function Row({ start, children }: { start?: number; children: ReactNode }) {
  return (
    <li className="flex gap-3 px-3 py-2 text-sm">
      <span className="w-12 shrink-0 pt-0.5 text-xs text-ink-faint tabular-nums">
        {start !== undefined && clock(start)}
      </span>
      <div className="min-w-0 flex-1 break-words">{children}</div>
    </li>
  );
}

function LineText({ line, nameOf }: { line: Line; nameOf: (id: string | null) => string }) {
  const t = useTranslations("editing.history");
  return (
    <>
      {line.speakers && (
        <p className="text-[0.8125rem] text-ink-soft">
          {t("spoken", { before: nameOf(line.speakers.before), after: nameOf(line.speakers.after) })}
        </p>
      )}
      {line.reviewed && <p className="text-[0.8125rem] text-ink-soft">{t("reviewed")}</p>}
      {line.flagged && <p className="text-[0.8125rem] text-ink-soft">{t("flagged")}</p>}
      <p className="font-serif">
        <ChangedWords pieces={line.pieces} />
      </p>
    </>
  );
}

function namesIn(difference: Difference, speakers: readonly Speaker[]): Map<string, string> {
  const all: readonly Schemas["Speaker"][] = [
    ...speakers,
    ...difference.speakers_removed,
    ...difference.speakers_added,
    ...difference.speakers_changed.map(({ after }) => after),
  ];
  return new Map(all.map(({ id, name, label }) => [id, name ?? label]));
}
