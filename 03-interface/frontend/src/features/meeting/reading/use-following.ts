"use client";

import { useCallback, useEffect, useRef, useState } from "react";

import { useAudio } from "../player/player-context";
import { isTaken } from "../player/shortcuts";
import { wayTo } from "./reading-zone";
import type { SpokenPlace } from "./use-spoken";

const SCROLL_KEYS = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"]);
/** How long a smooth scroll may take before the next one begins. */
const SETTLE_MS = 400;

/**
 * Whether the page scrolls itself along with playback: until the reader scrolls, and again when the reader
 * goes somewhere in the recording or asks for it. `bring` is for each new word.
 */
export function useFollowing(show: (place: number) => void) {
  const player = useAudio();
  const [following, setFollowing] = useState(true);
  const isFollowing = useRef(true);
  const settled = useRef(0);

  const follow = useCallback((on: boolean) => {
    isFollowing.current = on;
    setFollowing(on);
  }, []);

  useEffect(() => {
    const stop = () => {
      if (isFollowing.current && (player.currentTime() > 0 || !player.element.paused)) {
        follow(false);
      }
    };
    const onKey = (event: KeyboardEvent) => {
      if (SCROLL_KEYS.has(event.key) && !isTaken(event.target, event.key)) {
        stop();
      }
    };
    const onPress = (event: PointerEvent) => {
      if (event.clientX >= document.documentElement.clientWidth) {
        stop(); // the scroll bar
      }
    };
    window.addEventListener("wheel", stop, { passive: true });
    window.addEventListener("touchmove", stop, { passive: true });
    window.addEventListener("keydown", onKey);
    window.addEventListener("pointerdown", onPress);
    return () => {
      window.removeEventListener("wheel", stop);
      window.removeEventListener("touchmove", stop);
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("pointerdown", onPress);
    };
  }, [player, follow]);

  const bring = useCallback(
    ({ place, element }: SpokenPlace, now = false) => {
      if (!isFollowing.current || place < 0 || (!now && performance.now() < settled.current)) {
        return;
      }
      if (element === null) {
        show(place);
        return;
      }
      const way = wayTo(element);
      if (way !== 0) {
        const smooth = Math.abs(way) < window.innerHeight && !prefersLessMotion();
        settled.current = performance.now() + (smooth ? SETTLE_MS : 0);
        window.scrollBy({ top: way, behavior: smooth ? "smooth" : "auto" });
      }
    },
    [show],
  );

  return { following, follow, bring };
}

function prefersLessMotion(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
