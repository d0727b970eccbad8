"use client";

import { CheckIcon, CombineIcon, CornerRightDownIcon, PencilIcon, UserPlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";

import type { TranscriptStore } from "../model/store";
import type { Segment } from "../model/types";
import { useSpeakers } from "../model/use-transcript";
import { speakerColour } from "../reading/speaker-colours";
import { SpeakerDialog, type SpeakerTask } from "./speaker-dialog";
import { nameOf } from "./speaker-names";

interface SpeakerButtonProps {
  store: TranscriptStore;
  segment: Segment;
  readOnly?: boolean;
}

/** Who says a segment, in the speaker's colour; its menu renames, merges and reassigns. */
export function SpeakerButton({ store, segment, readOnly = false }: SpeakerButtonProps) {
  const t = useTranslations("editing.speaker");
  const speakers = useSpeakers(store);
  const [task, setTask] = useState<SpeakerTask | null>(null);
  const place = speakers.findIndex(({ id }) => id === segment.speaker);
  const speaker = speakers[place];
  const name = speaker ? nameOf(speaker) : t("unknown");
  const style = { color: speakerColour(place) };

  if (readOnly) {
    return (
      <span className="truncate text-sm font-semibold" style={style}>
        {name}
      </span>
    );
  }
  const assign = (id: string | null) => store.edit([{ op: "set_speaker", segment: segment.id, speaker: id }]);
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            style={style}
            aria-label={t("button", { name })}
            className="-mx-1.5 max-w-full truncate rounded px-1.5 py-0.5 text-left text-sm font-semibold hover:bg-hover"
          >
            {name}
          </button>
        }
      >
        {speaker && (
          <MenuItem onSelect={() => setTask("rename")}>
            <PencilIcon aria-hidden />
            {t("rename", { name })}
          </MenuItem>
        )}
        <MenuLabel>{t("spokenBy")}</MenuLabel>
        {speakers.map((one, at) => (
          <MenuItem key={one.id} onSelect={() => assign(one.id)}>
            <CheckIcon aria-hidden className={at === place ? "" : "invisible"} />
            <span className="truncate" style={{ color: speakerColour(at) }}>
              {nameOf(one)}
            </span>
          </MenuItem>
        ))}
        {speaker && (
          <MenuItem onSelect={() => assign(null)}>
            <CheckIcon aria-hidden className="invisible" />
            {t("unknown")}
          </MenuItem>
        )}
        <MenuItem onSelect={() => setTask("assignNew")}>
          <UserPlusIcon aria-hidden />
          {t("assignNew")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => setTask("onwards")}>
          <CornerRightDownIcon aria-hidden />
          {t("onwards")}
        </MenuItem>
        {speaker && speakers.length > 1 && (
          <MenuItem onSelect={() => setTask("merge")}>
            <CombineIcon aria-hidden />
            {t("merge", { name })}
          </MenuItem>
        )}
      </Menu>
      {task && <SpeakerDialog task={task} store={store} segment={segment} onClose={() => setTask(null)} />}
    </>
  );
}
