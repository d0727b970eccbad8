"use client";

import { useTranslations } from "next-intl";

import { Progress } from "@/components/ui/progress";
import { cn } from "@/lib/cn";

import type { Item } from "../queue/item";
import { ArrivedMeeting } from "./arrived-meeting";
import { UploadActions } from "./upload-actions";
import { usePhaseWords } from "./use-phase-words";

const SHOWS_BAR = new Set(["sending", "held", "paused", "locked", "missing", "finishing"]);

export function UploadRow({ item }: { item: Item }) {
  const t = useTranslations("upload.list");
  const words = usePhaseWords()(item);
  const unknown = item.phase === "finishing" ? null : item.sent / Math.max(1, item.size);
  return (
    <li className="flex flex-col gap-2 rounded-lg border border-line bg-raised px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-40 flex-col gap-0.5">
          <p className="truncate font-medium" title={item.name}>
            {item.title || item.name}
          </p>
          {item.meetingId ? (
            <ArrivedMeeting id={item.meetingId} duplicates={item.duplicates} />
          ) : (
            <p
              className={cn(
                "text-[0.8125rem] break-words tabular-nums",
                item.phase === "failed" ? "text-danger" : "text-ink-soft",
              )}
            >
              {words}
            </p>
          )}
        </div>
        <UploadActions item={item} />
      </div>
      {SHOWS_BAR.has(item.phase) && (
        <Progress value={unknown} label={t("progressOf", { name: item.title || item.name })} />
      )}
    </li>
  );
}
