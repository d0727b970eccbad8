/** What can be done to meetings from the list. */
import { answer, api } from "@/api/client";
import type { Meeting } from "@/api/meetings";
import { networkProblem, Problem } from "@/api/problem";
import { isIncomplete } from "@/components/meeting/meeting-status";

const AT_ONCE = 4;

export function canRetry(meeting: Meeting): boolean {
  return meeting.status === "FAILED" || meeting.status === "CANCELLED" || isIncomplete(meeting);
}

export function canCancel({ status }: Meeting): boolean {
  return status === "PENDING" || status === "PROCESSING";
}

export const ACTIONS = {
  retry: ({ id }: Meeting) =>
    answer(api.POST("/api/v1/meetings/{meeting_id}/retry", { params: { path: { meeting_id: id } } })),

  cancel: ({ id }: Meeting) =>
    answer(api.POST("/api/v1/meetings/{meeting_id}/cancel", { params: { path: { meeting_id: id } } })),

  tag: ({ id, tags }: Meeting, tag: string) =>
    answer(
      api.PATCH("/api/v1/meetings/{meeting_id}", {
        params: { path: { meeting_id: id } },
        body: { tags: [...new Set([...tags, tag])] },
      }),
    ),

  move: ({ id }: Meeting, project: string) =>
    answer(
      api.POST("/api/v1/meetings/{meeting_id}/move", {
        params: { path: { meeting_id: id } },
        body: { project_id: project },
      }),
    ),
};

export type Action = keyof typeof ACTIONS;

export interface Outcome {
  changed: Meeting[];
  problems: Problem[];
}

/** Do it to each, a few at once; one that fails does not keep the others from it. */
export async function doToEach(
  meetings: readonly Meeting[],
  act: (meeting: Meeting) => Promise<Meeting>,
): Promise<Outcome> {
  const outcome: Outcome = { changed: [], problems: [] };
  const waiting = [...meetings];
  async function work() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        outcome.changed.push(await act(next));
      } catch (error) {
        outcome.problems.push(error instanceof Problem ? error : networkProblem());
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcome;
}
