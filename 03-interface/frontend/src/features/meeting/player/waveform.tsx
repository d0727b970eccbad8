"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { clock } from "@/lib/time";

import type { Segment, Speaker } from "../model/types";
import { usePeaks } from "./peaks";
import { usePlayer } from "./player-context";
import { useDrawing } from "./use-drawing";
import { usePositionSlider } from "./use-position-slider";

interface WaveformProps {
  meetingId: string;
  segments: readonly Segment[];
  speakers: readonly Speaker[];
}

/** The recording at a glance, in the colours of those who speak: click or drag to go somewhere. */
export function Waveform({ meetingId, segments, speakers }: WaveformProps) {
  const t = useTranslations("meeting.player");
  const { data } = usePeaks(meetingId);
  const { duration } = usePlayer();
  const { ref, onKeyDown } = usePositionSlider();
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const [hovered, setHovered] = useState<{ part: number } | null>(null);
  useDrawing(box, data?.peaks, segments, speakers);

  return (
    <div
      ref={ref}
      role="slider"
      tabIndex={0}
      aria-label={t("position")}
      aria-valuemin={0}
      aria-valuemax={Math.floor(duration)}
      aria-valuenow={0}
      onKeyDown={onKeyDown}
      className="relative h-9 cursor-pointer touch-pan-y rounded-sm sm:h-11"
      onPointerMove={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        setHovered({ part: Math.min(1, Math.max(0, (event.clientX - left) / width)) });
      }}
      onPointerLeave={() => setHovered(null)}
    >
      <div ref={setBox} className="absolute inset-0 text-ink" />
      {hovered && (
        <span
          aria-hidden
          className="pointer-events-none absolute -top-6 -translate-x-1/2 rounded-md bg-ink px-1.5 py-0.5 text-xs text-paper tabular-nums"
          style={{ left: `clamp(1.5rem, ${hovered.part * 100}%, 100% - 1.5rem)` }}
        >
          {clock(hovered.part * duration)}
        </span>
      )}
    </div>
  );
}
