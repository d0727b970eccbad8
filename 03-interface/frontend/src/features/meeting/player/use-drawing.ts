"use client";

import { useDeferredValue, useEffect, useState } from "react";
import type WaveSurfer from "wavesurfer.js";

import type { Segment, Speaker } from "../model/types";
import { thinned } from "./peaks";
import { useAudio, usePlayer } from "./player-context";
import { useTheme } from "./use-theme";
import { voices } from "./voices";
import { painted } from "./waveform-colours";

const COLUMNS = 1_000;
const BAR_PX = 2;

/** Draws the waveform into `box`, and again when it gets another width, theme or speakers. */
export function useDrawing(
  box: HTMLElement | null,
  peaks: readonly number[] | undefined,
  segments: readonly Segment[],
  speakers: readonly Speaker[],
): void {
  const player = useAudio();
  const { duration } = usePlayer();
  const theme = useTheme();
  const spoken = useDeferredValue(segments);
  const [surfer, setSurfer] = useState<WaveSurfer | null>(null);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    if (box === null || peaks === undefined) {
      return undefined;
    }
    let wanted = true;
    let made: WaveSurfer | null = null;
    void import("wavesurfer.js").then(({ default: Drawn }) => {
      if (!wanted) {
        return;
      }
      made = Drawn.create({
        container: box,
        media: player.element,
        peaks: [thinned(peaks, 2 * COLUMNS)],
        duration,
        height: "auto",
        normalize: true,
        barWidth: BAR_PX,
        barGap: 1,
        barRadius: 1,
        barMinHeight: 1,
        cursorColor: "currentColor",
        cursorWidth: 2,
        dragToSeek: { debounceTime: 0 },
      });
      made.on("interaction", (time) => player.seek(time));
      made.on("resize", () => setWidth(box.clientWidth));
      setWidth(box.clientWidth);
      setSurfer(made);
    });
    return () => {
      wanted = false;
      setSurfer(null);
      made?.destroy();
    };
  }, [box, peaks, player, duration]);

  useEffect(() => {
    if (surfer === null || box === null || width === 0 || theme === "") {
      return;
    }
    const colours = painted(
      box,
      voices(spoken, duration, COLUMNS),
      speakers,
      width * window.devicePixelRatio,
    );
    if (colours) {
      surfer.setOptions({ waveColor: colours.ahead, progressColor: colours.heard });
    }
  }, [surfer, box, width, theme, spoken, speakers, duration]);
}
