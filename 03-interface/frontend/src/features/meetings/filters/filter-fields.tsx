"use client";

import { XIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { useProjects } from "@/api/projects";
import { languageName } from "@/lib/languages";

import { useStatistics } from "../statistics/use-statistics";
import { DatesField } from "./dates-field";
import { type Filters, STATUSES } from "./filters";
import { FilterSelect, type Option } from "./filter-select";

interface FilterFieldsProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** One choice for each thing that meetings can be told apart by. */
export function FilterFields({ filters, onChange }: FilterFieldsProps) {
  const t = useTranslations("meetings");
  const locale = useLocale();
  const { data: projects = [] } = useProjects();
  const { data: statistics } = useStatistics();
  const set = (change: Partial<Filters>) => onChange({ ...filters, ...change });
  const languages = (statistics?.languages ?? []).flatMap(({ language }): Option[] =>
    language && language !== "und" ? [{ value: language, name: languageName(locale, language) }] : [],
  );
  const tags = named(statistics?.tags).filter(({ value }) => !filters.tag.includes(value));
  return (
    <>
      {projects.length > 1 && (
        <FilterSelect
          label={t("filters.project")}
          options={projects.map(({ id, name }) => ({ value: id, name }))}
          values={filters.project}
          onChange={(project) => set({ project })}
        />
      )}
      <FilterSelect
        label={t("filters.status")}
        options={STATUSES.map((status) => ({ value: status, name: t(`status.${status}`) }))}
        values={filters.status}
        onChange={(chosen) => set({ status: STATUSES.filter((status) => chosen.includes(status)) })}
      />
      <FilterSelect
        label={t("filters.speaker")}
        options={named(statistics?.speakers)}
        values={filters.speaker ? [filters.speaker] : []}
        onChange={([speaker = ""]) => set({ speaker })}
      />
      <FilterSelect
        label={t("filters.language")}
        options={languages}
        values={filters.language ? [filters.language] : []}
        onChange={([language = ""]) => set({ language })}
      />
      <DatesField from={filters.from} to={filters.to} onChange={set} />
      {tags.length > 0 && (
        <FilterSelect
          label={t(filters.tag.length > 0 ? "filters.anotherTag" : "filters.tag")}
          options={tags}
          values={[]}
          onChange={(chosen) => set({ tag: [...filters.tag, ...chosen] })}
        />
      )}
      {filters.tag.map((tag) => (
        <button
          key={tag}
          type="button"
          aria-label={t("filters.withoutTag", { tag })}
          onClick={() => set({ tag: filters.tag.filter((one) => one !== tag) })}
          className="inline-flex h-8 max-w-48 items-center gap-1.5 rounded-full bg-accent-soft px-3 text-[0.8125rem] text-accent hover:bg-hover"
        >
          <span className="truncate">{tag}</span>
          <XIcon aria-hidden className="size-3.5 shrink-0" />
        </button>
      ))}
    </>
  );
}

function named(every: readonly { name: string }[] | undefined): Option[] {
  return (every ?? []).map(({ name }) => ({ value: name, name }));
}
