"use client";

import { useLocale, useNow } from "next-intl";

import { exactly, relatively } from "@/lib/moments";

const EVERY_MS = 30_000;

/** How long ago something was, or how long until it is; the exact time is its title. */
export function Moment({ at, className }: { at: string; className?: string }) {
  const locale = useLocale();
  const now = useNow({ updateInterval: EVERY_MS });
  return (
    <time dateTime={at} title={exactly(locale, at)} className={className}>
      {relatively(locale, at, now)}
    </time>
  );
}
