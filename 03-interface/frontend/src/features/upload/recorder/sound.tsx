"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import { Skeleton } from "@/components/ui/skeleton";

import type { Recording } from "./recordings";
import { useSound } from "./use-recordings";

/** Plays a recording out of the browser's own storage. */
export function Sound({ recording }: { recording: Recording }) {
  const t = useTranslations("upload.recordings");
  const { data: file, error } = useSound(recording, true);
  const audio = useRef<HTMLAudioElement>(null);

  useEffect(() => {
    if (!file || !audio.current) {
      return;
    }
    const address = URL.createObjectURL(file);
    audio.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [file]);

  if (error) {
    return <p className="text-[0.8125rem] text-danger">{t("unreadable")}</p>;
  }
  return file ? (
    // eslint-disable-next-line jsx-a11y/media-has-caption -- nobody has transcribed it yet
    <audio ref={audio} controls className="w-full" aria-label={t("listen")} />
  ) : (
    <Skeleton className="h-12 w-full" />
  );
}
