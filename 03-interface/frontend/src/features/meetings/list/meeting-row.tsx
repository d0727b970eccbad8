"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";

import type { Meeting } from "@/api/meetings";
import { isIncomplete, MeetingStatus } from "@/components/meeting/meeting-status";
import { Checkbox } from "@/components/ui/choice";
import { cn } from "@/lib/cn";

import type { Deed } from "../bulk/deed";
import { RowFacts } from "./row-facts";
import { RowMenu } from "./row-menu";
import { RowReason } from "./row-reason";
import type { Allowed } from "./use-allowed";

interface MeetingRowProps {
  meeting: Meeting;
  allowed: Allowed;
  selected: boolean;
  onSelect: (selected: boolean) => void;
  onDeed: (deed: Deed, meetings: readonly Meeting[]) => void;
}

/** One meeting; the whole row is its link, but for the box, the menu and what is within. */
export function MeetingRow({ meeting, allowed, selected, onSelect, onDeed }: MeetingRowProps) {
  const t = useTranslations("meetings.list");
  return (
    <article
      className={cn(
        "relative -mx-3 flex items-start gap-3 rounded-lg px-3 py-4 hover:bg-hover/60",
        selected && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <Checkbox
        className="z-10 mt-1 before:absolute before:-m-3 before:size-11 before:content-['']"
        checked={selected}
        aria-label={t("select", { title: meeting.title })}
        onCheckedChange={(checked) => onSelect(checked === true)}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-x-6 gap-y-2 sm:flex-row sm:items-start">
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <h2 className="text-base leading-snug font-semibold break-words">
            <Link
              href={`/meetings/${meeting.id}`}
              className="after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
            >
              {meeting.title}
            </Link>
          </h2>
          <RowFacts meeting={meeting} project={allowed.projects.get(meeting.project_id)?.name} />
          <RowReason meeting={meeting} allowed={allowed} onDeed={onDeed} />
        </div>
        {meeting.status === "COMPLETED" && !isIncomplete(meeting) ? (
          <span className="sr-only">{t("ready")}</span>
        ) : (
          <MeetingStatus meeting={meeting} className="shrink-0 sm:w-52 sm:pt-0.5" />
        )}
      </div>
      <RowMenu meeting={meeting} allowed={allowed} onDeed={onDeed} />
    </article>
  );
}
