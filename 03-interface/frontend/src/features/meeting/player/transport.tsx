"use client";

import { PauseIcon, PlayIcon, RotateCcwIcon, RotateCwIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";

import { usePlayer } from "./player-context";

export const SKIP_S = 5;

/** Back, play or pause, forward. */
export function Transport() {
  const t = useTranslations("meeting.player");
  const { playing, toggle, skip } = usePlayer();
  return (
    <div className="flex items-center gap-1">
      <Tooltip text={t("back", { seconds: SKIP_S })}>
        <Button
          look="quiet"
          size="icon"
          aria-label={t("back", { seconds: SKIP_S })}
          onClick={() => skip(-SKIP_S)}
        >
          <RotateCcwIcon aria-hidden />
        </Button>
      </Tooltip>
      <Button
        look="primary"
        size="icon"
        className="rounded-full"
        aria-label={playing ? t("pause") : t("play")}
        onClick={toggle}
      >
        {playing ? (
          <PauseIcon aria-hidden fill="currentColor" />
        ) : (
          <PlayIcon aria-hidden fill="currentColor" className="translate-x-px" />
        )}
      </Button>
      <Tooltip text={t("forward", { seconds: SKIP_S })}>
        <Button
          look="quiet"
          size="icon"
          aria-label={t("forward", { seconds: SKIP_S })}
          onClick={() => skip(SKIP_S)}
        >
          <RotateCwIcon aria-hidden />
        </Button>
      </Tooltip>
    </div>
  );
}
