"use client";

import { LinkIcon, PencilIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { clock } from "@/lib/time";

import { SegmentEditor } from "../editing/segment-editor";
import { SegmentMenu } from "../editing/segment-menu";
import { SpeakerButton } from "../editing/speaker-button";
import type { TranscriptStore } from "../model/store";
import type { Segment } from "../model/types";
import { isFlag } from "./flag-names";
import { Flags } from "./flags";
import { Words } from "./words";

interface SegmentRowProps {
  store: TranscriptStore;
  segment: Segment;
  colour: string;
  /** Whether somebody else spoke before. */
  opensTurn: boolean;
  editing: boolean;
  readOnly: boolean;
  onHear: (segment: Segment) => void;
  onEdit: (id: number | null) => void;
  onCopyLink: (segment: Segment) => void;
}

/** What one speaker said in one go. Clicks on words are heard by the transcript as a whole. */
export const SegmentRow = memo(function SegmentRow(props: SegmentRowProps) {
  const { store, segment, colour, opensTurn, editing, readOnly, onEdit } = props;
  const t = useTranslations("meeting.reading");
  return (
    <div className={opensTurn ? "pt-5" : "pt-1"}>
      <div
        className="group/row rounded-r-sm border-l-[3px] pl-3 group-data-found/segment:bg-accent-soft sm:grid sm:grid-cols-[1fr_auto] sm:gap-x-4 sm:pl-4"
        style={{ borderColor: `color-mix(in srgb, ${colour} 40%, transparent)` }}
      >
        <RowActions {...props} />
        <div className="min-w-0 sm:col-start-1 sm:row-start-1">
          {opensTurn && (
            <div className="min-h-7">
              <SpeakerButton store={store} segment={segment} readOnly={readOnly} />
            </div>
          )}
          {editing ? (
            <SegmentEditor store={store} segment={segment} onDone={() => onEdit(null)} />
          ) : (
            <p
              lang={segment.language ?? undefined}
              data-text
              className="max-w-[42rem] font-serif text-[1.0625rem] leading-7"
            >
              {segment.text === "" ? (
                <span className="text-ink-faint italic">{t("nothingWritten")}</span>
              ) : (
                <Words segment={segment} />
              )}
            </p>
          )}
          {segment.flags.some(isFlag) && (
            <div className="flex flex-wrap gap-1.5 pt-0.5 pb-1">
              <Flags flags={segment.flags} />
            </div>
          )}
        </div>
      </div>
    </div>
  );
});

function RowActions({ store, segment, editing, readOnly, onHear, onEdit, onCopyLink }: SegmentRowProps) {
  const t = useTranslations("meeting.reading");
  const time = clock(segment.start);
  const quiet =
    "opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 focus-visible:opacity-100 max-sm:hidden";
  return (
    <div
      className={cn(
        "float-right ml-2 flex h-7 items-center sm:col-start-2 sm:row-start-1 sm:float-none sm:ml-0",
        editing && "max-sm:hidden",
      )}
    >
      {!readOnly && (
        <Button
          look="quiet"
          size="icon-small"
          className={quiet}
          aria-label={t("edit", { time })}
          onClick={() => onEdit(segment.id)}
        >
          <PencilIcon aria-hidden />
        </Button>
      )}
      <Button
        look="quiet"
        size="icon-small"
        className={quiet}
        aria-label={t("copyLink", { time })}
        onClick={() => onCopyLink(segment)}
      >
        <LinkIcon aria-hidden />
      </Button>
      <button
        type="button"
        className="rounded-sm px-1 text-xs text-ink-faint tabular-nums hover:text-accent hover:underline"
        aria-label={t("hear", { time })}
        onClick={() => onHear(segment)}
      >
        {time}
      </button>
      {!readOnly && <SegmentMenu store={store} segment={segment} />}
    </div>
  );
}
