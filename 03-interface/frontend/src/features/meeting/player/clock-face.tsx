"use client";

import { useEffect, useRef } from "react";

import { clock } from "@/lib/time";

import { useAudio, usePlayer } from "./player-context";

/** Where playback is, and how long the recording is; written into the page without drawing it anew. */
export function ClockFace() {
  const player = useAudio();
  const { duration } = usePlayer();
  const face = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const show = (seconds: number) => {
      const text = clock(seconds);
      if (face.current && face.current.textContent !== text) {
        face.current.textContent = text;
      }
    };
    show(player.currentTime());
    return player.subscribeTime(show);
  }, [player]);

  return (
    <p className="text-[0.8125rem] whitespace-nowrap text-ink-soft tabular-nums">
      <span ref={face} data-testid="position" className="font-medium text-ink" />
      <span className="max-sm:sr-only"> / {clock(duration)}</span>
    </p>
  );
}
