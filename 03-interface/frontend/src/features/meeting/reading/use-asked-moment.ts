"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useEffectEvent } from "react";

import type { TranscriptStore } from "../model/store";
import { useAudio } from "../player/player-context";
import { askedMoment } from "./moment-link";
import { Timeline } from "./timeline";

/** Go where the address asks to, now and whenever it changes. */
export function useAskedMoment(store: TranscriptStore, reveal: (id: number) => void): void {
  const player = useAudio();
  const query = useSearchParams().toString();

  const go = useEffectEvent((asked: string) => {
    const { seconds, segment, play } = askedMoment(new URLSearchParams(asked));
    const { segments } = store;
    const known = segment === null ? undefined : store.byGatewayId(segment);
    const second = seconds ?? known?.start;
    if (second !== undefined) {
      player.seek(second, play);
    }
    const there =
      known ?? (second === undefined ? undefined : segments[new Timeline(segments).at(second).segment]);
    if (there) {
      reveal(there.id);
    }
  });

  useEffect(() => go(query), [query]);
}
