"use client";

import { AudioLinesIcon, CircleAlertIcon, UploadIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";

import { Progress } from "@/components/ui/progress";
import { clock } from "@/lib/time";

import { type Item, OPEN } from "./queue/item";
import { useRecorder, useUploadItems } from "./uploads-context";

const STUCK = new Set(["locked", "missing", "failed"]);

/** On every other page: that uploads or a recording are going on, and the way back to them. */
export function Tray() {
  const t = useTranslations("upload.tray");
  const here = usePathname().startsWith("/upload");
  const { phase, seconds } = useRecorder();
  const items = useUploadItems();
  const open = items.filter((item) => OPEN.has(item.phase));
  const stuck = items.filter((item) => STUCK.has(item.phase));
  const recording = phase === "recording" || phase === "paused";
  if (here || (!recording && open.length === 0 && stuck.length === 0)) {
    return null;
  }
  return (
    <aside
      aria-label={t("label")}
      className="fixed right-3 bottom-[calc(4rem+env(safe-area-inset-bottom))] z-30 flex w-64 flex-col gap-2 rounded-lg border border-line bg-raised p-3 text-sm shadow-high sm:right-6 sm:bottom-6"
    >
      {recording && (
        <Link href="/upload" className="flex items-center gap-2 hover:text-accent">
          <AudioLinesIcon aria-hidden className="size-4 text-danger" />
          <span className="flex-1">{t(phase)}</span>
          <span className="tabular-nums">{clock(seconds)}</span>
        </Link>
      )}
      {(open.length > 0 || stuck.length > 0) && (
        <Link href="/upload" className="flex flex-col gap-2 hover:text-accent">
          <span className="flex items-center gap-2">
            {stuck.length > 0 ? (
              <CircleAlertIcon aria-hidden className="size-4 text-danger" />
            ) : (
              <UploadIcon aria-hidden className="size-4" />
            )}
            {stuck.length > 0 ? t("stuck", { count: stuck.length }) : t("open", { count: open.length })}
          </span>
          {open.length > 0 && <Progress value={share(open)} label={t("label")} />}
        </Link>
      )}
    </aside>
  );
}

function share(items: readonly Item[]): number {
  const size = items.reduce((sum, item) => sum + item.size, 0);
  return items.reduce((sum, item) => sum + item.sent, 0) / Math.max(1, size);
}
