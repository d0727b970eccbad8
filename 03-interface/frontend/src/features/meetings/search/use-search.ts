"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

import { answer, api } from "@/api/client";

import { asQuery, type Filters } from "../filters/filters";

export const MEETING_SEARCH = ["meetings", "search"] as const;

const PAGE = 20;

type Found = NonNullable<ReturnType<typeof useSearch>["data"]>;
export type Hit = Found["pages"][number]["items"][number];

export function useSearch(filters: Filters) {
  const query = { ...asQuery(filters), q: filters.q.trim(), limit: PAGE };
  return useInfiniteQuery({
    queryKey: [...MEETING_SEARCH, query],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/search", {
          params: { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 0, // No event says that what was found is gone or reads differently now.
  });
}
