"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";

import { Checkbox } from "@/components/ui/choice";
import { Select } from "@/components/ui/input";

import type { Speaker } from "../model/types";
import type { Sought } from "./find";
import { nameOf } from "./speaker-names";

type Options = Omit<Sought, "find">;

interface FindOptionsProps {
  speakers: readonly Speaker[];
  options: Options;
  onChange: (options: Options) => void;
}

/** What counts as found. */
export function FindOptions({ speakers, options, onChange }: FindOptionsProps) {
  const t = useTranslations("editing.find");
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-[0.8125rem] text-ink-soft">
      {(["wholeWords", "matchCase"] as const).map((option) => (
        <div key={option} className="flex items-center gap-2">
          <Checkbox
            id={`${id}-${option}`}
            checked={options[option]}
            onCheckedChange={(checked) => onChange({ ...options, [option]: checked === true })}
          />
          <label htmlFor={`${id}-${option}`}>{t(option)}</label>
        </div>
      ))}
      {speakers.length > 1 && (
        <Select
          aria-label={t("speaker")}
          value={options.speaker ?? ""}
          onChange={(event) => onChange({ ...options, speaker: event.target.value || null })}
          className="h-8 w-auto max-w-full text-[0.8125rem]"
        >
          <option value="">{t("everybody")}</option>
          {speakers.map((speaker) => (
            <option key={speaker.id} value={speaker.id}>
              {nameOf(speaker)}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}
