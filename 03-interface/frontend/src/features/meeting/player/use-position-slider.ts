import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslations } from "next-intl";

import { clock } from "@/lib/time";

import { useAudio, usePlayer } from "./player-context";

const STEP_S = 5;
const LEAP_S = 60;

/** What makes an element the slider of the position: its values, kept up to date each second, and its keys. */
export function usePositionSlider() {
  const t = useTranslations("meeting.player");
  const player = useAudio();
  const { duration } = usePlayer();
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const tell = (seconds: number) => {
      const now = String(Math.floor(seconds));
      const slider = ref.current;
      if (slider && slider.getAttribute("aria-valuenow") !== now) {
        slider.setAttribute("aria-valuenow", now);
        slider.setAttribute("aria-valuetext", t("of", { time: clock(seconds), duration: clock(duration) }));
      }
    };
    tell(player.currentTime());
    return player.subscribeTime(tell);
  }, [player, duration, t]);

  return { ref, onKeyDown: (event: KeyboardEvent) => move(event) };

  function move(event: KeyboardEvent) {
    const places: Partial<Record<string, number>> = {
      ArrowLeft: player.currentTime() - STEP_S,
      ArrowDown: player.currentTime() - STEP_S,
      ArrowRight: player.currentTime() + STEP_S,
      ArrowUp: player.currentTime() + STEP_S,
      PageDown: player.currentTime() - LEAP_S,
      PageUp: player.currentTime() + LEAP_S,
      Home: 0,
      End: duration,
    };
    const place = places[event.key];
    if (place !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      player.seek(place);
    }
  }
}
