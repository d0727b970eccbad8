"use client";

import { SearchXIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import { useDeletion } from "@/api/deletion";
import { Empty } from "@/components/state/empty";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";

import { countFilters, type Filters } from "../filters/filters";
import { ListSkeleton } from "../list/list-skeleton";
import { LoadMore } from "../list/load-more";
import { HitCard } from "./hit-card";
import { useSearch } from "./use-search";

interface SearchResultsProps {
  filters: Filters;
  onClearFilters: () => void;
}

export function SearchResults({ filters, onClearFilters }: SearchResultsProps) {
  const t = useTranslations("meetings.search");
  const search = useSearch(filters);
  const { hidden } = useDeletion();
  const found = search.data?.pages.flatMap((page) => page.items) ?? [];
  const hits = found.filter(({ meeting_id }) => !hidden.has(meeting_id));
  const total = search.data?.pages[0]?.total;
  if (!search.data) {
    return search.error ? (
      <ProblemNotice error={search.error} onRetry={() => void search.refetch()} />
    ) : (
      <ListSkeleton />
    );
  }
  return (
    <section aria-label={t("results")} className={search.isPlaceholderData ? "opacity-60" : ""}>
      <p role="status" className="text-sm text-ink-soft">
        {total && t(total.exact ? "total" : "atLeast", { count: total.count })}
      </p>
      {search.error && <ProblemNotice error={search.error} onRetry={() => void search.refetch()} />}
      {hits.length === 0 ? (
        <Empty
          icon={SearchXIcon}
          title={t("nothing")}
          action={
            countFilters(filters) > 0 && <Button onClick={onClearFilters}>{t("withoutFilters")}</Button>
          }
        >
          <p>{t("tips.words")}</p>
          <p>{t("tips.phrase")}</p>
        </Empty>
      ) : (
        hits.map((hit) => <HitCard key={hit.meeting_id} hit={hit} />)
      )}
      <LoadMore query={search} />
    </section>
  );
}
