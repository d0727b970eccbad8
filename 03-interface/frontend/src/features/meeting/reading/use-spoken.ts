"use client";

import { useCallback, useEffect, useRef } from "react";

import type { Segment } from "../model/types";
import { useAudio } from "../player/player-context";
import { Timeline } from "./timeline";

export interface SpokenPlace {
  /** The segment's place in the list. */
  place: number;
  /** The word, or else the segment, where it is drawn; null: far from what is in view. */
  element: Element | null;
}

/**
 * Mark the word that is being said, without drawing anything anew: `data-spoken` on the word, `data-now` on
 * its segment. `onChange` is told of each new word, and where it stands.
 */
export function useSpoken(
  list: HTMLElement | null,
  segments: readonly Segment[],
  onChange: (spoken: SpokenPlace) => void,
): { mark: () => SpokenPlace } {
  const player = useAudio();
  const timeline = useRef<Timeline | null>(null);
  const marked = useRef<{ row: Element | null; word: Element | null }>({ row: null, word: null });

  const mark = useCallback(() => {
    const { segment: place, word } = timeline.current?.at(player.currentTime()) ?? { segment: -1, word: -1 };
    const id = timeline.current?.segments[place]?.id;
    const row = id === undefined ? null : (list?.querySelector(`[data-segment="${id}"]`) ?? null);
    const spoken = word === -1 ? null : (row?.querySelector(`[data-word="${word}"]`) ?? null);
    if (marked.current.row !== row) {
      marked.current.row?.removeAttribute("data-now");
      row?.setAttribute("data-now", "");
    }
    if (marked.current.word !== spoken) {
      marked.current.word?.removeAttribute("data-spoken");
      spoken?.setAttribute("data-spoken", "");
    }
    marked.current = { row, word: spoken };
    return { place, element: spoken ?? row };
  }, [list, player]);

  useEffect(() => {
    timeline.current = new Timeline(segments);
  }, [segments]);

  // Rows come and go with every drawing: what they mark is set again.
  useEffect(() => {
    mark();
  });

  useEffect(() => {
    let last: Element | null = null;
    return player.subscribeTime(() => {
      const spoken = mark();
      if (spoken.element !== last || spoken.element === null) {
        last = spoken.element;
        onChange(spoken);
      }
    });
  }, [player, mark, onChange]);

  return { mark };
}
