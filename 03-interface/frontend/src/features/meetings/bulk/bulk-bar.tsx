"use client";

import { XIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import type { Meeting } from "@/api/meetings";
import { Button } from "@/components/ui/button";

import { canCancel, canRetry } from "../list/actions";
import type { Allowed } from "../list/use-allowed";
import type { Deed } from "./deed";

interface BulkBarProps {
  selected: readonly Meeting[];
  listed: number;
  allowed: Allowed;
  onDeed: (deed: Deed, meetings: readonly Meeting[]) => void;
  onSelectAll: () => void;
  onClear: () => void;
}

/** What can be done to all that are ticked; each button takes those of them to which it applies. */
export function BulkBar({ selected, listed, allowed, onDeed, onSelectAll, onClear }: BulkBarProps) {
  const t = useTranslations("meetings");
  const editable = selected.filter((meeting) => allowed.may(meeting, "edit"));
  const deletable = selected.filter((meeting) => allowed.may(meeting, "delete"));
  const offered: (readonly [Deed, readonly Meeting[]])[] = [
    ["tag", editable],
    ["move", deletable],
    ["retry", editable.filter(canRetry)],
    ["cancel", editable.filter(canCancel)],
    ["delete", deletable],
  ];
  return (
    <div
      role="toolbar"
      aria-label={t("bulk.label")}
      className="sticky top-14 z-20 -mx-3 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-accent-soft px-3 py-2"
    >
      <p role="status" className="text-sm font-medium tabular-nums">
        {t("bulk.selected", { count: selected.length })}
      </p>
      {selected.length < listed && (
        <Button look="link" className="text-[0.8125rem]" onClick={onSelectAll}>
          {t("bulk.all", { count: listed })}
        </Button>
      )}
      <Button
        look="quiet"
        size="icon-small"
        className="ml-auto sm:order-last sm:ml-0"
        aria-label={t("bulk.clear")}
        onClick={onClear}
      >
        <XIcon aria-hidden />
      </Button>
      <div className="flex basis-full flex-wrap items-center gap-1.5 sm:flex-1 sm:basis-0 sm:justify-end">
        {offered
          .filter(([, meetings]) => meetings.length > 0)
          .map(([deed, meetings]) => (
            <Button
              key={deed}
              size="small"
              className={deed === "delete" ? "text-danger" : ""}
              onClick={() => onDeed(deed, meetings)}
            >
              {t(`deeds.${deed}`)}
              {meetings.length < selected.length && ` (${meetings.length})`}
            </Button>
          ))}
      </div>
    </div>
  );
}
