"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { countFilters, NO_FILTERS } from "./filters/filters";
import { FilterBar } from "./filters/filter-bar";
import { useFilters } from "./filters/use-filters";
import { Meetings } from "./list/meetings";
import { SearchBox } from "./search/search-box";
import { SearchResults } from "./search/search-results";
import { Tiles } from "./statistics/tiles";
import { useStatistics } from "./statistics/use-statistics";

/** All meetings, and the search in what was said. `sample`: offers the sample meeting to who has none. */
export function MeetingsPage({ sample }: { sample: ReactNode }) {
  const t = useTranslations("meetings");
  const { filters, set, adjust } = useFilters();
  const { q } = filters;
  const everything = !q && countFilters(filters) === 0;
  const { data: statistics } = useStatistics();
  const none = everything && statistics?.meetings === 0;
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-3xl">{t("title")}</h1>
      <SearchBox value={q} onType={(text) => (q && text ? adjust : set)({ ...filters, q: text })} />
      {everything && !none && <Tiles />}
      <div className="flex flex-col gap-2">
        {!none && <FilterBar filters={filters} onChange={set} />}
        {q ? (
          <SearchResults filters={filters} onClearFilters={() => set({ ...NO_FILTERS, q })} />
        ) : (
          <Meetings filters={filters} onClear={() => set(NO_FILTERS)} sample={sample} />
        )}
      </div>
    </div>
  );
}
