"use client";

import { useLocale, useTranslations } from "next-intl";

import { bytes } from "@/lib/bytes";
import { cn } from "@/lib/cn";

import type { System } from "../data/system";
import { Section } from "../frame/section";
import { diskShare } from "./concerns";

const TIGHT = 0.9;

/** What the recordings take, and how full the disk is. */
export function Storage({ system }: { system: System }) {
  const t = useTranslations("admin");
  const locale = useLocale();
  const { disk, recordings, bytes_of_recordings: stored } = system.storage;
  const share = diskShare(system);
  return (
    <Section title={t("storage.title")}>
      <p className="font-serif text-lg tabular-nums">
        {t("storage.recordings", { count: recordings, size: bytes(locale, stored) })}
      </p>
      {disk && share !== null ? (
        <div className="flex flex-col gap-2 text-sm">
          <div
            role="meter"
            aria-label={t("storage.disk")}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
            className="h-3 overflow-hidden rounded-full bg-hover"
          >
            <div
              className={cn("h-full rounded-full", share >= TIGHT ? "bg-warn" : "bg-accent")}
              style={{ width: `${share * 100}%` }}
            />
          </div>
          <p className="text-ink-soft tabular-nums">
            {t("storage.free", { free: bytes(locale, disk.free), total: bytes(locale, disk.total) })}
          </p>
        </div>
      ) : (
        <p className="text-sm text-ink-soft">{t("storage.unknown")}</p>
      )}
    </Section>
  );
}
