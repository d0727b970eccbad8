"use client";

import { RATES } from "./audio-player";
import { useAudio } from "./player-context";
import type { Action } from "./shortcuts";
import { SKIP_S } from "./transport";
import { useShortcuts } from "./use-shortcuts";

/** The page's keys: what is not the player's is for `others`. */
export function usePlayerShortcuts(letters: boolean, others: (action: Action) => void): void {
  const player = useAudio();
  useShortcuts(letters, (action) => {
    const { rate, muted, skipsSilence } = player.snapshot();
    if (action === "toggle") {
      player.toggle();
    } else if (action === "back") {
      player.skip(-SKIP_S);
    } else if (action === "forward") {
      player.skip(SKIP_S);
    } else if (action === "slower") {
      player.setRate(RATES.findLast((one) => one < rate) ?? rate);
    } else if (action === "faster") {
      player.setRate(RATES.find((one) => one > rate) ?? rate);
    } else if (action === "mute") {
      player.setMuted(!muted);
    } else if (action === "skipSilence") {
      player.setSkipsSilence(!skipsSilence);
    } else {
      others(action);
    }
  });
}
