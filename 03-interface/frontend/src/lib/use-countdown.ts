"use client";

import { useCallback, useEffect, useRef, useState } from "react";

const LOOK_MS = 250;

/** Whole seconds that are left, 0 when nobody waits, and how to begin a wait. */
export function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  const until = useRef(0);
  const waiting = left > 0;

  useEffect(() => {
    if (!waiting) {
      return;
    }
    const timer = setInterval(
      () => setLeft(Math.max(0, Math.ceil((until.current - Date.now()) / 1000))),
      LOOK_MS,
    );
    return () => clearInterval(timer);
  }, [waiting]);

  const begin = useCallback((seconds: number) => {
    until.current = Date.now() + seconds * 1000;
    setLeft(Math.ceil(seconds));
  }, []);

  return [left, begin];
}
