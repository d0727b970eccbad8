"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

import { answer, api } from "@/api/client";
import { usePollingWhileAway } from "@/api/live";
import { MEETING_LISTS } from "@/api/meetings";

import { asQuery, type Filters } from "../filters/filters";

const PAGE = 50;

/** The meetings that the filters let through, page after page. */
export function useMeetingList(filters: Filters) {
  const query = { ...asQuery(filters), sort: filters.sort, limit: PAGE };
  return useInfiniteQuery({
    queryKey: [...MEETING_LISTS, query],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/meetings", {
          params: { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: usePollingWhileAway(),
  });
}
