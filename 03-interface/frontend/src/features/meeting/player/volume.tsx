"use client";

import { Volume2Icon, VolumeXIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";

import { usePlayer } from "./player-context";

/** How loud; a phone has buttons of its own for that. */
export function Volume() {
  const t = useTranslations("meeting.player");
  const { volume, muted, setVolume, setMuted } = usePlayer();
  return (
    <div className="flex items-center gap-1 max-sm:hidden">
      <Button
        look="quiet"
        size="icon-small"
        aria-pressed={muted}
        aria-label={t("mute")}
        onClick={() => setMuted(!muted)}
      >
        {muted ? <VolumeXIcon aria-hidden /> : <Volume2Icon aria-hidden />}
      </Button>
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={muted ? 0 : volume}
        aria-label={t("volume")}
        onChange={(event) => setVolume(event.currentTarget.valueAsNumber)}
        className="w-20 accent-accent"
      />
    </div>
  );
}
