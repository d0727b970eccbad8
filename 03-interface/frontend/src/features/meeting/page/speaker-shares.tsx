"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useDeferredValue, useMemo } from "react";

import { nameOf } from "../editing/speaker-names";
import type { TranscriptStore } from "../model/store";
import { useSegments, useSpeakers } from "../model/use-transcript";
import { useAudio } from "../player/player-context";
import { useReading } from "../reading/reading-context";
import { speakerColour } from "../reading/speaker-colours";
import { Timeline } from "../reading/timeline";
import { nextTurnOf } from "../reading/turns";
import { sharesOf } from "./speech";

/** How much each one speaks; a click goes to what they say next. */
export function SpeakerShares({ store, onLeave }: { store: TranscriptStore; onLeave: () => void }) {
  const t = useTranslations("meeting.speakers");
  const format = useFormatter();
  const segments = useSegments(store);
  const speakers = useSpeakers(store);
  const player = useAudio();
  const { scrollToSegment } = useReading();
  const settled = useDeferredValue(segments);
  const shares = useMemo(() => sharesOf(settled), [settled]);

  function goToNext(speaker: string | null) {
    const place = new Timeline(segments).at(player.currentTime()).segment;
    const next = nextTurnOf(segments, speaker, place);
    if (next) {
      onLeave();
      player.seek(next.start);
      scrollToSegment(next.id);
    }
  }

  return (
    <ul className="flex flex-col gap-1">
      {shares.map(({ speaker, part, turns, words }) => {
        const place = speakers.findIndex(({ id }) => id === speaker);
        const known = speakers[place];
        const name = known ? nameOf(known) : t("nobody");
        return (
          <li key={speaker ?? ""}>
            <button
              type="button"
              className="flex w-full flex-col gap-1 rounded-md px-2 py-1.5 text-left text-sm hover:bg-hover"
              title={t("goToNext", { name })}
              onClick={() => goToNext(speaker)}
            >
              <span className="flex w-full items-baseline justify-between gap-3">
                <span className="min-w-0 truncate font-medium">{name}</span>
                <span className="text-ink-soft tabular-nums">
                  {format.number(part, { style: "percent" })}
                </span>
              </span>
              <span aria-hidden className="h-1 w-full overflow-hidden rounded-full bg-hover">
                <span
                  className="block h-full rounded-full"
                  style={{ width: `${part * 100}%`, background: speakerColour(place) }}
                />
              </span>
              <span className="text-xs text-ink-faint tabular-nums">{t("amount", { turns, words })}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
