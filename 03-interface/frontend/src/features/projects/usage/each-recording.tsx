"use client";

import { useLocale, useTranslations } from "next-intl";

import { bytes } from "@/lib/bytes";

import type { Usage } from "../data/usage";

/** How large and how long one recording may be, in a sentence. */
export function EachRecording({ usage }: { usage: Usage }) {
  const t = useTranslations("projects");
  const locale = useLocale();
  const { max_upload_bytes: size, max_duration_s: seconds } = usage;
  const minutes = seconds === null ? null : Math.floor(seconds / 60);
  return (
    <p className="text-sm text-ink-soft">
      {size === null && minutes === null && t("usage.each.free")}
      {size !== null && minutes === null && t("usage.each.size", { size: bytes(locale, size) })}
      {size === null && minutes !== null && t("usage.each.duration", { minutes })}
      {size !== null && minutes !== null && t("usage.each.both", { size: bytes(locale, size), minutes })}
    </p>
  );
}
