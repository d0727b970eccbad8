"use client";

import { useDeferredValue, useEffect, useMemo, useState } from "react";

import type { TranscriptStore } from "../model/store";
import { useSegments } from "../model/use-transcript";
import { useReading } from "../reading/reading-context";
import { findAll, type Hit, replacedAt, type Sought } from "./find";
import { useHighlights } from "./use-highlights";

export interface Found {
  hits: readonly Hit[];
  /** Which of the hits one is at, counted from 0; -1 where there is none. */
  at: number;
  go: (by: 1 | -1) => void;
  replaceOne: (replacement: string) => void;
}

/** What is found while one types, and the way from one hit to the next. */
export function useFind(store: TranscriptStore, sought: Sought): Found {
  const segments = useSegments(store);
  const { scrollToSegment } = useReading();
  const deferred = useDeferredValue(sought);
  const hits = useMemo(() => findAll(segments, deferred), [segments, deferred]);
  const [place, setPlace] = useState(0);
  const at = hits.length === 0 ? -1 : Math.min(place, hits.length - 1);
  const current = hits[at];
  const where = current?.segment;
  useHighlights(hits, current);

  useEffect(() => {
    if (where !== undefined) scrollToSegment(where);
  }, [where, scrollToSegment]);

  return {
    hits,
    at,
    go: (by) => {
      const next = (at + by + hits.length) % Math.max(1, hits.length);
      setPlace(next);
      const there = hits[next];
      if (there) scrollToSegment(there.segment);
    },
    replaceOne: (replacement) => {
      const segment = current && store.segments.find(({ id }) => id === current.segment);
      if (current && segment) {
        const text = replacedAt(segment, current, replacement);
        store.edit([{ op: "edit_text", segment: segment.id, text }]);
        setPlace(at);
      }
    },
  };
}
