/** Which meetings a shorter retention would delete at once. */
import { useQuery } from "@tanstack/react-query";

import { answer, api } from "@/api/client";

import { projectKey } from "./project";

const DAY_MS = 86_400_000;
const COUNTED = 100;

export interface Expiring {
  count: number;
  /** Whether there may be more than were counted. */
  more: boolean;
}

/** How many meetings are older than that many days and say nothing of their own; null: nobody asks. */
export function useExpiring(project: string, days: number | null) {
  return useQuery({
    queryKey: [...projectKey(project), "expiring", days],
    queryFn: async ({ signal }): Promise<Expiring> => {
      const query = {
        project_id: [project],
        to: new Date(Date.now() - (days ?? 0) * DAY_MS).toISOString(),
        sort: "oldest" as const,
        limit: COUNTED,
      };
      const page = await answer(api.GET("/api/v1/meetings", { params: { query }, signal }));
      const theirs = page.items.filter((meeting) => meeting.retention_days === null);
      return { count: theirs.length, more: page.next_cursor !== null };
    },
    enabled: days !== null,
  });
}
