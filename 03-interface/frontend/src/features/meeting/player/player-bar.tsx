"use client";

import { ChevronsRightIcon, KeyboardIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";

import type { Segment, Speaker } from "../model/types";
import { ClockFace } from "./clock-face";
import { useAudio, usePlayer } from "./player-context";
import { RateMenu } from "./rate-menu";
import { Silences } from "./silences";
import { Transport } from "./transport";
import { useMediaSession } from "./use-media-session";
import { Volume } from "./volume";
import { Waveform } from "./waveform";

interface PlayerBarProps {
  meetingId: string;
  title: string;
  segments: readonly Segment[];
  speakers: readonly Speaker[];
  onHelp: () => void;
  /** What floats above the bar. */
  children?: ReactNode;
}

/** The recording's controls, always at hand below the transcript. */
export function PlayerBar({ meetingId, title, segments, speakers, onHelp, children }: PlayerBarProps) {
  const t = useTranslations("meeting.player");
  const { problem, reload, stalled } = usePlayer();
  useMediaSession(title);
  return (
    <section
      id="player"
      aria-label={t("player")}
      className="sticky bottom-[calc(3.4rem+env(safe-area-inset-bottom))] z-20 -mx-3 mt-auto border-t border-line bg-paper px-3 pt-2.5 pb-2 sm:bottom-0 sm:-mx-6 sm:px-6"
    >
      {children}
      {problem === null ? (
        <>
          <Waveform meetingId={meetingId} segments={segments} speakers={speakers} />
          <div className="flex items-center gap-2 pt-1.5 sm:gap-4">
            <Transport />
            <ClockFace />
            <p role="status" className="flex-1 truncate text-[0.8125rem] text-ink-faint">
              {stalled && t("stalled")}
            </p>
            <SkipSilence segments={segments} />
            <RateMenu />
            <Volume />
            <Tooltip text={t("shortcuts")}>
              <Button
                look="quiet"
                size="icon-small"
                className="max-sm:hidden"
                aria-label={t("shortcuts")}
                onClick={onHelp}
              >
                <KeyboardIcon aria-hidden />
              </Button>
            </Tooltip>
          </div>
        </>
      ) : (
        <ProblemNotice error={problem} onRetry={reload} />
      )}
    </section>
  );
}

function SkipSilence({ segments }: { segments: readonly Segment[] }) {
  const t = useTranslations("meeting.player");
  const player = useAudio();
  const { skipsSilence, setSkipsSilence, duration } = usePlayer();

  useEffect(() => {
    if (skipsSilence) {
      player.setSilences(Silences.between(segments, duration));
    }
  }, [player, skipsSilence, segments, duration]);

  return (
    <Tooltip text={t("skipSilence")}>
      <Button
        look="quiet"
        size="icon-small"
        aria-pressed={skipsSilence}
        aria-label={t("skipSilence")}
        className="aria-pressed:bg-accent-soft aria-pressed:text-accent"
        onClick={() => setSkipsSilence(!skipsSilence)}
      >
        <ChevronsRightIcon aria-hidden />
      </Button>
    </Tooltip>
  );
}
