"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

import type { Speaker } from "../model/types";
import { oneLine } from "../model/wording";
import { nameOf } from "./speaker-names";
import type { Whom } from "./speaker-tasks";

const NEW = "+";
const NOBODY = "";

export interface WhomChoice {
  value: string;
  name: string;
  chosen: Whom;
  incomplete: boolean;
  choose: (value: string) => void;
  call: (name: string) => void;
}

/** The choice of a speaker: the first of them at the beginning, somebody new where there is none. */
export function useWhom(speakers: readonly Speaker[]): WhomChoice {
  const [value, choose] = useState(speakers[0]?.id ?? NEW);
  const [name, call] = useState("");
  const called = oneLine(name);
  return {
    value,
    name,
    choose,
    call,
    chosen: value === NEW ? { name: called } : value === NOBODY ? null : { id: value },
    incomplete: value === NEW && called === "",
  };
}

interface SpeakerSelectProps {
  whom: WhomChoice;
  speakers: readonly Speaker[];
  existingOnly?: boolean;
}

export function SpeakerSelect({ whom, speakers, existingOnly = false }: SpeakerSelectProps) {
  const t = useTranslations("editing.speaker");
  return (
    <>
      <Field label={t("who")}>
        {(ids) => (
          <Select {...ids} value={whom.value} onChange={(event) => whom.choose(event.target.value)}>
            {speakers.map((speaker) => (
              <option key={speaker.id} value={speaker.id}>
                {nameOf(speaker)}
              </option>
            ))}
            {!existingOnly && <option value={NEW}>{t("assignNew")}</option>}
            {!existingOnly && <option value={NOBODY}>{t("unknown")}</option>}
          </Select>
        )}
      </Field>
      {whom.value === NEW && (
        <Field label={t("name")}>
          {(ids) => (
            <Input
              {...ids}
              value={whom.name}
              onChange={(event) => whom.call(event.target.value)}
              maxLength={200}
              autoComplete="off"
              required
            />
          )}
        </Field>
      )}
    </>
  );
}
