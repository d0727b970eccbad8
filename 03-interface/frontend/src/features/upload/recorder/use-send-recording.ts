"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";

import { metadataOf, type Wishes } from "../chosen/wishes";
import { useUploads } from "../uploads-context";

export function recordedAt(locale: string, milliseconds: number): string {
  const style = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(locale, style).format(milliseconds);
}

/** A function that hands in what was recorded; whether it is now safe without the recorder's own copy. */
export function useSendRecording(wishes: Wishes): (file: File) => Promise<boolean> {
  const t = useTranslations("upload.recordings");
  const locale = useLocale();
  const { queue } = useUploads();
  return useCallback(
    (file) => {
      const title = t("titleOf", { moment: recordedAt(locale, file.lastModified) });
      const metadata = metadataOf(wishes, { name: file.name, title });
      return queue.add([{ file, handle: null, title, metadata }]);
    },
    [locale, queue, t, wishes],
  );
}
