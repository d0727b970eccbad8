"use client";

import type { TranscriptStore } from "../model/store";
import type { Segment } from "../model/types";
import { useAudio } from "../player/player-context";
import { useLetterShortcuts } from "../player/shortcut-preference";
import type { Action } from "../player/shortcuts";
import { usePlayerShortcuts } from "../player/use-player-shortcuts";
import { Timeline } from "./timeline";
import { turnAfter, turnBefore } from "./turns";
import { useCopyLink } from "./use-copy-link";

interface Reader {
  /** Null where the transcript may only be read. */
  edit: ((id: number) => void) | null;
  reveal: (id: number) => void;
  follow: () => void;
  help: () => void;
}

/** The page's keys, as they concern what is said; the rest is the player's. */
export function useReadingShortcuts(store: TranscriptStore, reader: Reader): void {
  const player = useAudio();
  const [letters] = useLetterShortcuts();
  const copyLink = useCopyLink(store);
  const goTo = (segment: Segment | undefined) => segment && player.seek(segment.start);

  usePlayerShortcuts(letters, (action: Action) => {
    const { segments } = store;
    const place = new Timeline(segments).at(player.currentTime()).segment;
    const current = segments[Math.max(0, place)];
    if (current === undefined) {
      return;
    }
    if (action === "nextTurn") {
      goTo(turnAfter(segments, Math.max(0, place)));
    } else if (action === "previousTurn") {
      goTo(turnBefore(segments, Math.max(0, place)));
    } else if (action === "follow") {
      reader.follow();
    } else if (action === "edit" && reader.edit) {
      player.pause();
      reader.reveal(current.id);
      reader.edit(current.id);
    } else if (action === "copyLink") {
      copyLink(current, player.currentTime());
    } else if (action === "help") {
      reader.help();
    }
  });
}
