"use client";

import { useTranslations } from "next-intl";

import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

import { MOST_SPEAKERS, type Wishes } from "./wishes";

const MODES = ["unknown", "exact", "between"] as const;

interface SpeakersFieldProps {
  wishes: Wishes;
  onChange: (change: Partial<Wishes>) => void;
  invalid: boolean;
}

/** How many people speak, as far as that is known. */
export function SpeakersField({ wishes, onChange, invalid }: SpeakersFieldProps) {
  const t = useTranslations("upload.speakers");
  return (
    <Field label={t("label")} error={invalid ? t("invalid", { most: MOST_SPEAKERS }) : undefined}>
      {(ids) => (
        <div className="flex flex-wrap items-center gap-2">
          <Select
            {...ids}
            className="min-w-32 flex-1"
            value={wishes.speakers}
            onChange={(event) =>
              onChange({ speakers: MODES.find((mode) => mode === event.target.value) ?? "unknown" })
            }
          >
            {MODES.map((mode) => (
              <option key={mode} value={mode}>
                {t(mode)}
              </option>
            ))}
          </Select>
          {wishes.speakers === "exact" && (
            <Count label={t("count")} value={wishes.exact} onChange={(exact) => onChange({ exact })} />
          )}
          {wishes.speakers === "between" && (
            <>
              <Count label={t("least")} value={wishes.least} onChange={(least) => onChange({ least })} />
              <span aria-hidden>–</span>
              <Count label={t("most")} value={wishes.most} onChange={(most) => onChange({ most })} />
            </>
          )}
        </div>
      )}
    </Field>
  );
}

interface CountProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Count({ label, value, onChange }: CountProps) {
  return (
    <Input
      type="number"
      min={1}
      max={MOST_SPEAKERS}
      aria-label={label}
      className="w-16 tabular-nums"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
