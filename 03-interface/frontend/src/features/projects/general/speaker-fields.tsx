"use client";

import { useTranslations } from "next-intl";

import { CheckField } from "@/components/ui/check-field";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

import { MOST_SPEAKERS } from "../limits";
import type { Draft } from "./draft";
import { type FieldsProps, Group } from "./group";

const COUNTED: readonly Draft["counted"][] = ["unknown", "exactly", "between"];

/** How many speak, if that is known. */
export function SpeakerFields({ draft, onEdit }: FieldsProps) {
  const t = useTranslations("projects");
  return (
    <Group title={t("speakers.title")} hint={t("speakers.hint")}>
      <Field label={t("speakers.number")}>
        {(ids) => (
          <Select
            {...ids}
            value={draft.counted}
            onChange={(event) => onEdit({ counted: event.target.value as Draft["counted"] })}
          >
            {COUNTED.map((counted) => (
              <option key={counted} value={counted}>
                {t(`speakers.kinds.${counted}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {draft.counted === "exactly" && (
        <People
          label={t("speakers.exactly")}
          value={draft.speakers}
          onChange={(speakers) => onEdit({ speakers })}
          required
        />
      )}
      {draft.counted === "between" && (
        <div className="grid grid-cols-2 gap-4">
          <People
            label={t("speakers.fewest")}
            value={draft.fewest}
            onChange={(fewest) => onEdit({ fewest })}
            most={draft.most}
          />
          <People
            label={t("speakers.most")}
            value={draft.most}
            onChange={(most) => onEdit({ most })}
            fewest={draft.fewest}
          />
        </div>
      )}
      <CheckField
        label={t("speakers.smooth")}
        hint={t("speakers.smoothHint")}
        checked={draft.smooth}
        onChange={(smooth) => onEdit({ smooth })}
      />
    </Group>
  );
}

interface PeopleProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  fewest?: string;
  most?: string;
  required?: boolean;
}

function People({ label, value, onChange, fewest, most, required = false }: PeopleProps) {
  return (
    <Field label={label}>
      {(ids) => (
        <Input
          {...ids}
          type="number"
          inputMode="numeric"
          min={fewest || 1}
          max={most || MOST_SPEAKERS}
          required={required}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="max-w-32 tabular-nums"
        />
      )}
    </Field>
  );
}
