"use client";

import {
  ArrowDownToLineIcon,
  ArrowUpToLineIcon,
  CheckCheckIcon,
  EllipsisVerticalIcon,
  ListChecksIcon,
  ListPlusIcon,
  PencilIcon,
  Trash2Icon,
  UserRoundIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { clock } from "@/lib/time";

import type { TranscriptStore } from "../model/store";
import type { Segment } from "../model/types";
import { useReading } from "../reading/reading-context";
import { isDoubtful, isReviewed } from "./review";
import { selectionOf, useSelection } from "./selection";
import { SpeakerDialog } from "./speaker-dialog";

/** What can be done to one segment; while some are selected, also the box that selects it. */
export function SegmentMenu({ store, segment }: { store: TranscriptStore; segment: Segment }) {
  const t = useTranslations("editing.segment");
  const selected = useSelection(store);
  const [speaking, setSpeaking] = useState(false);
  const time = clock(segment.start);
  return (
    <>
      {selected.size > 0 && (
        <Checkbox
          className="mx-1.5"
          aria-label={t("select", { time })}
          checked={selected.has(segment.id)}
          onCheckedChange={() => selectionOf(store).toggle(segment.id)}
        />
      )}
      <Menu
        trigger={
          <Button look="quiet" size="icon-small" aria-label={t("menu", { time })}>
            <EllipsisVerticalIcon aria-hidden />
          </Button>
        }
      >
        <Items store={store} segment={segment} onSpeaker={() => setSpeaking(true)} />
      </Menu>
      {speaking && (
        <SpeakerDialog task="assign" store={store} segment={segment} onClose={() => setSpeaking(false)} />
      )}
    </>
  );
}

interface ItemsProps {
  store: TranscriptStore;
  segment: Segment;
  onSpeaker: () => void;
}

function Items({ store, segment, onSpeaker }: ItemsProps) {
  const t = useTranslations("editing.segment");
  const common = useTranslations("common");
  const { editSegment } = useReading();
  const selection = selectionOf(store);
  const place = store.segments.findIndex(({ id }) => id === segment.id);
  const [before, behind] = [store.segments[place - 1], store.segments[place + 1]];
  const reviewed = isReviewed(segment);

  function merge(first: Segment, next: Segment) {
    if (!store.edit([{ op: "merge_segments", segment: first.id, next: next.id }])) {
      toast(t("notJoined"));
    }
  }

  function remove() {
    store.edit([{ op: "delete_segment", segment: segment.id }]);
    toast(t("deleted"), { action: { label: common("undo"), onClick: () => store.undo() } });
  }

  return (
    <>
      <MenuItem onSelect={() => editSegment(segment.id)}>
        <PencilIcon aria-hidden />
        {t("edit")}
      </MenuItem>
      <MenuItem onSelect={onSpeaker}>
        <UserRoundIcon aria-hidden />
        {t("speaker")}
      </MenuItem>
      {(isDoubtful(segment) || reviewed) && (
        <MenuItem onSelect={() => store.edit([{ op: "review", segment: segment.id, reviewed: !reviewed }])}>
          <CheckCheckIcon aria-hidden />
          {reviewed ? t("notReviewed") : t("reviewed")}
        </MenuItem>
      )}
      <MenuSeparator />
      {before && (
        <MenuItem onSelect={() => merge(before, segment)}>
          <ArrowUpToLineIcon aria-hidden />
          {t("mergeBefore")}
        </MenuItem>
      )}
      {behind && (
        <MenuItem onSelect={() => merge(segment, behind)}>
          <ArrowDownToLineIcon aria-hidden />
          {t("mergeBehind")}
        </MenuItem>
      )}
      <MenuItem onSelect={() => selection.toggle(segment.id)}>
        <ListChecksIcon aria-hidden />
        {selection.ids.has(segment.id) ? t("deselect") : t("selectThis")}
      </MenuItem>
      {selection.ids.size > 0 && (
        <MenuItem
          onSelect={() =>
            selection.extendTo(
              segment.id,
              store.segments.map(({ id }) => id),
            )
          }
        >
          <ListPlusIcon aria-hidden />
          {t("selectTo")}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem danger onSelect={remove}>
        <Trash2Icon aria-hidden />
        {t("delete")}
      </MenuItem>
    </>
  );
}
