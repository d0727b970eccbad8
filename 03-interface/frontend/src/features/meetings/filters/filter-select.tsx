"use client";

import { useTranslations } from "next-intl";

import { Select } from "@/components/ui/input";
import { cn } from "@/lib/cn";

export interface Option {
  value: string;
  name: string;
}

interface FilterSelectProps {
  label: string;
  options: readonly Option[];
  /** Several come from links only; they are shown as one choice. */
  values: readonly string[];
  onChange: (values: string[]) => void;
}

const SEVERAL = "\u0000several";

/** A filter that says what it is while nothing is chosen. */
export function FilterSelect({ label, options, values, onChange }: FilterSelectProps) {
  const t = useTranslations("meetings.filters");
  const [only = ""] = values;
  const names = values.map((value) => options.find((option) => option.value === value)?.name ?? value);
  const unknown = only !== "" && !options.some(({ value }) => value === only);
  return (
    <Select
      aria-label={label}
      value={values.length > 1 ? SEVERAL : only}
      onChange={(event) => onChange(event.target.value ? [event.target.value] : [])}
      className={cn(
        "h-8 w-auto max-w-44 min-w-24 border-line pl-2.5 text-[0.8125rem]",
        values.length > 0 && "border-accent bg-accent-soft text-accent",
      )}
    >
      <option value="">{values.length > 0 ? t("any", { label }) : label}</option>
      {values.length > 1 && <option value={SEVERAL}>{names.join(", ")}</option>}
      {unknown && <option value={only}>{only}</option>}
      {options.map(({ value, name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </Select>
  );
}
