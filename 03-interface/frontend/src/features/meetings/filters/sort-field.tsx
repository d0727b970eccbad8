"use client";

import { useTranslations } from "next-intl";

import { Select } from "@/components/ui/input";

import { type Sort, SORTS } from "./filters";

const NAMES = {
  newest: "newest",
  oldest: "oldest",
  title: "title",
  "-title": "titleDown",
  duration: "shortest",
  "-duration": "longest",
} as const satisfies Record<Sort, string>;

export function SortField({ value, onChange }: { value: Sort; onChange: (sort: Sort) => void }) {
  const t = useTranslations("meetings.sort");
  return (
    <Select
      aria-label={t("label")}
      value={value}
      onChange={(event) => onChange(SORTS.find((sort) => sort === event.target.value) ?? "newest")}
      className="ml-auto h-8 w-auto border-line pl-2.5 text-[0.8125rem]"
    >
      {SORTS.map((sort) => (
        <option key={sort} value={sort}>
          {t(NAMES[sort])}
        </option>
      ))}
    </Select>
  );
}
