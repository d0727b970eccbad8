"use client";

import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useMemo, useRef, useState } from "react";

import type { Segment } from "../model/types";
import { guessedHeights } from "./segment-height";
import { useExtent } from "./use-extent";

const OVERSCAN = 6;
/** Frames to wait for a segment to be drawn after the page was scrolled to it. */
const MOST_FRAMES = 90;
const FOUND_MS = 2_500;
/** What sticks to the window's top and bottom, so that nothing is shown beneath it. */
const TOP_PX = 120;
const BOTTOM_PX = 180;

/** The rows that are in view, and the one that is `pinned`; and how to bring another one there. */
export function useRows(segments: readonly Segment[], pinned: number | null) {
  const [list, setList] = useState<HTMLOListElement | null>(null);
  const drawnList = useRef<HTMLOListElement | null>(null);
  const { top, width } = useExtent(list);
  // A new function would make the virtualiser measure everything again.
  const keyOf = useCallback((index: number) => segments[index]?.id ?? index, [segments]);

  const guesses = useMemo(() => guessedHeights(segments, width), [segments, width]);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      const place = pinned === null ? -1 : segments.findIndex(({ id }) => id === pinned);
      return place === -1 || drawn.includes(place) ? drawn : [...drawn, place].sort((a, b) => a - b);
    },
    [segments, pinned],
  );

  const rows = useWindowVirtualizer({
    count: segments.length,
    getItemKey: keyOf,
    estimateSize: (index) => guesses[index] ?? 0,
    overscan: OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: TOP_PX,
    scrollPaddingEnd: BOTTOM_PX,
    rangeExtractor,
    directDomUpdates: true,
    directDomUpdatesMode: "position",
  });

  const show = useCallback((place: number) => rows.scrollToIndex(place, { align: "start" }), [rows]);

  const reveal = useCallback(
    (id: number, { focus = false }: { focus?: boolean } = {}) => {
      const place = segments.findIndex((segment) => segment.id === id);
      if (place === -1) {
        return;
      }
      rows.scrollToIndex(place, { align: "center" });
      whenDrawn(drawnList, id, (row) => {
        row.setAttribute("data-found", "");
        setTimeout(() => row.removeAttribute("data-found"), FOUND_MS);
        if (focus) {
          row.focus({ preventScroll: true });
        }
      });
    },
    [rows, segments],
  );

  const attach = useCallback(
    (node: HTMLOListElement | null) => {
      rows.containerRef(node);
      drawnList.current = node;
      setList(node);
    },
    [rows],
  );

  return { list, attach, measure: rows.measureElement, drawn: rows.getVirtualItems(), show, reveal };
}

function whenDrawn(
  list: RefObject<HTMLElement | null>,
  id: number,
  act: (row: HTMLElement) => void,
  frames = MOST_FRAMES,
): void {
  const row = list.current?.querySelector<HTMLElement>(`[data-segment="${id}"]`);
  if (row) {
    act(row);
  } else if (frames > 0) {
    requestAnimationFrame(() => whenDrawn(list, id, act, frames - 1));
  }
}
