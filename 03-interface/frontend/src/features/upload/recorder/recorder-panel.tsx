"use client";

import { MicIcon, PauseIcon, PlayIcon, SquareIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import { Notice } from "@/components/state/notice";
import { Button } from "@/components/ui/button";
import { clock } from "@/lib/time";

import { useRecorder, useUploads } from "../uploads-context";
import { Level } from "./level-bar";
import { Rescued } from "./rescued";
import type { Wishes } from "../chosen/wishes";
import { UnsentRecordings } from "./unsent-recordings";

/** Records the microphone; what was recorded and not sent yet is offered below. */
export function RecorderPanel({ wishes }: { wishes: Wishes }) {
  const t = useTranslations("upload.recorder");
  const { recorder } = useUploads();
  const { phase, seconds, problem, saved, heard, rescued } = useRecorder();
  const running = phase === "recording" || phase === "paused";
  return (
    <section aria-labelledby="recorder-title" className="flex flex-col gap-4">
      <div className="flex flex-col gap-4 rounded-xl border border-line bg-raised p-4 sm:p-5">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <h2 id="recorder-title" className="flex-1 text-lg whitespace-nowrap">
            {t("title")}
          </h2>
          {running ? (
            <>
              <p role="timer" className="text-lg tabular-nums">
                <span className="sr-only">{t(phase)} </span>
                {clock(seconds)}
              </p>
              <div className="flex gap-2">
                {phase === "recording" ? (
                  <Button onClick={() => recorder.pause()}>
                    <PauseIcon aria-hidden />
                    {t("pause")}
                  </Button>
                ) : (
                  <Button onClick={() => recorder.resume()}>
                    <PlayIcon aria-hidden />
                    {t("resume")}
                  </Button>
                )}
                <Button look="primary" onClick={() => void recorder.stop()}>
                  <SquareIcon aria-hidden />
                  {t("stop")}
                </Button>
              </div>
            </>
          ) : (
            <Button disabled={phase === "asking"} onClick={() => void recorder.start()}>
              <MicIcon aria-hidden />
              {phase === "asking" ? t("asking") : t("start")}
            </Button>
          )}
        </div>
        {running ? <Level recorder={recorder} /> : <p className="text-sm text-ink-soft">{t("hint")}</p>}
        <div role="status" className="flex flex-col gap-2 text-[0.8125rem] text-ink-soft empty:hidden">
          {running && !heard && <p className="text-warn">{t("silent")}</p>}
          {running && !saved && <p className="text-warn">{t("unsaved")}</p>}
        </div>
        {problem && (
          <Notice tone="warn" title={t(`problems.${problem}.title`)}>
            {t(`problems.${problem}.advice`)}
          </Notice>
        )}
      </div>
      {rescued.map((rescue) => (
        <Rescued key={rescue.id} rescue={rescue} wishes={wishes} />
      ))}
      <UnsentRecordings wishes={wishes} />
    </section>
  );
}
