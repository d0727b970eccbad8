"use client";

import { useLocale, useTranslations } from "next-intl";

import { useProblemWords } from "@/components/state/problem-words";
import { bytes } from "@/lib/bytes";

import type { Item } from "../queue/item";
import { roughly, secondsLeft } from "./time-left";

/** A function that says where an upload stands; for one that is stuck, what happened and what to do. */
export function usePhaseWords(): (item: Item) => string {
  const t = useTranslations("upload.phases");
  const locale = useLocale();
  const problemWords = useProblemWords();

  function sending({ sent, size, speed }: Item): string {
    const parts = [t("amount", { sent: bytes(locale, sent), size: bytes(locale, size) })];
    const seconds = secondsLeft(size, sent, speed);
    if (speed !== null) {
      parts.push(t("speed", { speed: bytes(locale, speed) }));
    }
    if (seconds !== null) {
      const { hours, minutes } = roughly(seconds);
      parts.push(hours > 0 ? t("hoursLeft", { hours, minutes }) : t("minutesLeft", { minutes }));
    }
    return parts.join(" · ");
  }

  return (item) => {
    switch (item.phase) {
      case "sending":
        return item.sent === 0 ? t("starting") : sending(item);
      case "paused":
        return t("paused", { sent: bytes(locale, item.sent), size: bytes(locale, item.size) });
      case "held":
        return t("held", { title: problemWords(item.problem).title });
      case "failed": {
        const { title, advice } = problemWords(item.problem);
        return t("failed", { title, advice });
      }
      default:
        return t(`states.${item.phase}`);
    }
  };
}
