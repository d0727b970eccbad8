"use client";

import {
  ArrowRightLeftIcon,
  EllipsisIcon,
  RotateCwIcon,
  SquareIcon,
  TagIcon,
  Trash2Icon,
  type LucideIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";

import type { Meeting } from "@/api/meetings";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";

import type { Deed } from "../bulk/deed";
import { canCancel, canRetry } from "./actions";
import type { Allowed } from "./use-allowed";

interface RowMenuProps {
  meeting: Meeting;
  allowed: Allowed;
  onDeed: (deed: Deed, meetings: readonly Meeting[]) => void;
}

/** All that one may do to the meeting here; nothing is shown where that is nothing. */
export function RowMenu({ meeting, allowed, onDeed }: RowMenuProps) {
  const t = useTranslations("meetings");
  const edit = allowed.may(meeting, "edit");
  const remove = allowed.may(meeting, "delete");
  const offered: (readonly [Deed, LucideIcon, boolean])[] = [
    ["retry", RotateCwIcon, edit && canRetry(meeting)],
    ["cancel", SquareIcon, edit && canCancel(meeting)],
    ["tag", TagIcon, edit],
    ["move", ArrowRightLeftIcon, remove],
    ["delete", Trash2Icon, remove],
  ];
  const shown = offered.filter(([, , possible]) => possible);
  return (
    shown.length > 0 && (
      <Menu
        trigger={
          <Button
            look="quiet"
            size="icon-small"
            className="relative z-10 -my-0.5"
            aria-label={t("list.menu", { title: meeting.title })}
          >
            <EllipsisIcon aria-hidden />
          </Button>
        }
      >
        {shown.map(([deed, Icon]) => (
          <MenuItem key={deed} danger={deed === "delete"} onSelect={() => onDeed(deed, [meeting])}>
            <Icon aria-hidden />
            {t(`deeds.${deed}`)}
          </MenuItem>
        ))}
      </Menu>
    )
  );
}
