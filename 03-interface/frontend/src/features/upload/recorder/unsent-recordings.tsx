"use client";

import { useTranslations } from "next-intl";

import type { Wishes } from "../chosen/wishes";
import { UnsentRecording } from "./unsent-recording";
import { useUnsentRecordings } from "./use-recordings";

/** What was recorded in this browser and is nowhere else yet, a crash or a reload included. */
export function UnsentRecordings({ wishes }: { wishes: Wishes }) {
  const t = useTranslations("upload.recordings");
  const { data: recordings = [] } = useUnsentRecordings();
  if (recordings.length === 0) {
    return null;
  }
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-base">{t("title")}</h3>
      <p className="text-sm text-ink-soft">{t("hint")}</p>
      <ul className="flex flex-col gap-2">
        {recordings.map((recording) => (
          <UnsentRecording key={recording.id} recording={recording} wishes={wishes} />
        ))}
      </ul>
    </div>
  );
}
