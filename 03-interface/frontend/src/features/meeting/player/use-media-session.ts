"use client";

import { useEffect } from "react";

import { useAudio } from "./player-context";

const STEP_S = 5;

/** Name the recording to the system and heed its buttons: headphones, lock screens, keyboards. */
export function useMediaSession(title: string): void {
  const player = useAudio();
  useEffect(() => {
    if (!("mediaSession" in navigator)) {
      return undefined;
    }
    const { mediaSession } = navigator;
    mediaSession.metadata = new MediaMetadata({ title });
    const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
      ["play", player.play],
      ["pause", player.pause],
      ["seekbackward", ({ seekOffset }) => player.skip(-(seekOffset ?? STEP_S))],
      ["seekforward", ({ seekOffset }) => player.skip(seekOffset ?? STEP_S)],
      ["seekto", ({ seekTime }) => player.seek(seekTime ?? 0)],
    ];
    handlers.forEach(([action, handler]) => mediaSession.setActionHandler(action, handler));
    const place = () => {
      const { duration, rate } = player.snapshot();
      const position = Math.min(player.currentTime(), duration);
      mediaSession.setPositionState({ duration, position, playbackRate: rate });
    };
    const stops = [player.subscribe(place), player.subscribeSeek(place)];
    return () => {
      stops.forEach((stop) => stop());
      mediaSession.metadata = null;
      handlers.forEach(([action]) => mediaSession.setActionHandler(action, null));
    };
  }, [player, title]);
}
