"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";

import { answer, api } from "@/api/client";
import { type Meeting, MEETING_LISTS, MEETING_STATISTICS, meetingKey } from "@/api/meetings";
import { useProblemWords } from "@/components/state/problem-words";

const INCOMPLETE = new Set(["DIARISATION_FAILED", "BLOCK_FAILED"]);

/** Whether the transcript lacks a part that processing it again may still get. */
export function lacksPart({ status, warnings }: Pick<Meeting, "status" | "warnings">): boolean {
  return status === "COMPLETED" && warnings.some(({ code }) => INCOMPLETE.has(code));
}

export function mayRetry(meeting: Pick<Meeting, "status" | "warnings">): boolean {
  return meeting.status === "FAILED" || meeting.status === "CANCELLED" || lacksPart(meeting);
}

export function mayCancel({ status }: Pick<Meeting, "status">): boolean {
  return status === "PENDING" || status === "PROCESSING";
}

/** Have a meeting processed again, or stop its processing. */
export function useProcessing(id: string) {
  const client = useQueryClient();
  const words = useProblemWords();
  const path = { meeting_id: id };
  const outcome = {
    onSuccess: (meeting: Meeting) => {
      client.setQueryData(meetingKey(id), meeting);
      void client.invalidateQueries({ queryKey: MEETING_LISTS });
      void client.invalidateQueries({ queryKey: MEETING_STATISTICS });
    },
    onError: (error: unknown) => {
      const { title, advice } = words(error);
      toast.error(title, { description: advice });
    },
  };
  const retry = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/meetings/{meeting_id}/retry", { params: { path } })),
    ...outcome,
  });
  const cancel = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/meetings/{meeting_id}/cancel", { params: { path } })),
    ...outcome,
  });
  return { retry, cancel };
}
