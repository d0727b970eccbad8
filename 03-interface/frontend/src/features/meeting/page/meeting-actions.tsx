"use client";

import { EllipsisIcon, FileAudioIcon, InfoIcon, RotateCwIcon, SquareIcon, Trash2Icon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";

import { useDeletion } from "@/api/deletion";
import type { Meeting } from "@/api/meetings";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";

import { ExportPopover } from "./export-popover";
import { useLargeDownload } from "./use-download";
import { lacksPart, mayCancel, mayRetry, useProcessing } from "./use-processing";
import type { Rights } from "./use-rights";

interface MeetingActionsProps {
  meeting: Meeting;
  rights: Rights;
  onAbout: () => void;
}

/** What can be done with the meeting as a whole. */
export function MeetingActions({ meeting, rights, onAbout }: MeetingActionsProps) {
  const t = useTranslations("meeting.actions");
  const router = useRouter();
  const { remove } = useDeletion();
  const { retry, cancel } = useProcessing(meeting.id);
  const download = useLargeDownload();

  return (
    <div className="flex items-center gap-2">
      {meeting.revision !== null && <ExportPopover meetingId={meeting.id} />}
      <Menu
        trigger={
          <Button size="icon" aria-label={t("more")}>
            <EllipsisIcon aria-hidden />
          </Button>
        }
      >
        <MenuItem className="lg:hidden" onSelect={onAbout}>
          <InfoIcon aria-hidden />
          {t("about")}
        </MenuItem>
        <MenuItem onSelect={() => download.mutate(`/api/v1/meetings/${meeting.id}/audio?rendition=source`)}>
          <FileAudioIcon aria-hidden />
          {t("recording")}
        </MenuItem>
        {rights.edit && mayRetry(meeting) && (
          <MenuItem onSelect={() => retry.mutate()}>
            <RotateCwIcon aria-hidden />
            {lacksPart(meeting) ? t("completeIt") : t("retry")}
          </MenuItem>
        )}
        {rights.edit && mayCancel(meeting) && (
          <MenuItem onSelect={() => cancel.mutate()}>
            <SquareIcon aria-hidden />
            {t("cancel")}
          </MenuItem>
        )}
        {rights.delete && (
          <>
            <MenuSeparator />
            <MenuItem
              danger
              onSelect={() => {
                remove([meeting.id]);
                router.push("/");
              }}
            >
              <Trash2Icon aria-hidden />
              {t("delete")}
            </MenuItem>
          </>
        )}
      </Menu>
    </div>
  );
}
