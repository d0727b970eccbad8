/** The history of a transcript: its revisions, and what two of them have different. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";
import { meetingKey } from "@/api/meetings";

export type Revision = Schemas["RevisionRead"];
export type Difference = Schemas["DifferenceRead"];

const revisionsKey = (id: string) => [...meetingKey(id), "revisions"] as const;
const PAGE = 30;

export function useRevisions(meetingId: string) {
  return useInfiniteQuery({
    queryKey: revisionsKey(meetingId),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/meetings/{meeting_id}/revisions", {
          params: {
            path: { meeting_id: meetingId },
            query: { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
}

/** What leads from `against` to the revision; neither of them ever changes. */
export function useDifference(meetingId: string, revision: number, against: number) {
  return useQuery({
    queryKey: ["differences", meetingId, revision, against],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/meetings/{meeting_id}/revisions/{number}/diff", {
          params: { path: { meeting_id: meetingId, number: revision }, query: { against } },
          signal,
        }),
      ),
  });
}
