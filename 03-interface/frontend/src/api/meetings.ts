/** Meetings as several pages read them. Keys: ["meetings", "list" | "search" | "statistics" | id, …]. */
import { type QueryClient, useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "./client";

export type Meeting = Schemas["MeetingRead"];
export type MeetingStatus = Meeting["status"];

export const MEETINGS = ["meetings"] as const;
export const MEETING_LISTS = ["meetings", "list"] as const;
export const MEETING_STATISTICS = ["meetings", "statistics"] as const;
export const meetingKey = (id: string) => ["meetings", id] as const;

export const ENDED: ReadonlySet<MeetingStatus> = new Set(["COMPLETED", "FAILED", "CANCELLED"]);

/** `refetchInterval`: usePollingWhileAway() of ./live, on pages that show how far it is. */
export function useMeeting(id: string, refetchInterval: number | false = false) {
  return useQuery({
    refetchInterval,
    queryKey: meetingKey(id),
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: id } }, signal })),
  });
}

/** Put what an event or an answer told into every list and page that shows the meeting. */
export function patchMeeting(client: QueryClient, id: string, change: Partial<Meeting>): void {
  client.setQueryData<Meeting>(meetingKey(id), (meeting) => meeting && { ...meeting, ...change });
  client.setQueriesData<{ pages: { items: Meeting[] }[] }>({ queryKey: MEETING_LISTS }, (list) => {
    return list && { ...list, pages: list.pages.map((page) => patchPage(page, id, change)) };
  });
}

function patchPage<Page extends { items: Meeting[] }>(
  page: Page,
  id: string,
  change: Partial<Meeting>,
): Page {
  return { ...page, items: page.items.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}
