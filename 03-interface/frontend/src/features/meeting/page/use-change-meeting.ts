"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";

import { answer, api, type Schemas } from "@/api/client";
import { type Meeting, MEETING_LISTS, meetingKey, patchMeeting } from "@/api/meetings";
import { useProblemWords } from "@/components/state/problem-words";

type Change = Pick<Schemas["MeetingPatch"], "title" | "tags" | "notes">;

/** Change a meeting's title, tags or notes: at once on screen, back again if the gateway refuses. */
export function useChangeMeeting(id: string) {
  const client = useQueryClient();
  const words = useProblemWords();
  return useMutation({
    scope: { id: `change-${id}` },
    mutationFn: (change: Change) =>
      answer(
        api.PATCH("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: id } }, body: change }),
      ),
    onMutate: (change) => {
      const before = client.getQueryData<Meeting>(meetingKey(id));
      patchMeeting(client, id, changed(change));
      return before;
    },
    onError: (error, change, before) => {
      if (before) {
        patchMeeting(client, id, changed(pick(before, change)));
      }
      const { title, advice } = words(error);
      toast.error(title, { description: advice });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: MEETING_LISTS, refetchType: "inactive" }),
  });
}

function changed({ title, tags, notes }: Change): Partial<Meeting> {
  return {
    ...(typeof title === "string" ? { title } : {}),
    ...(tags ? { tags } : {}),
    ...(typeof notes === "string" ? { notes } : {}),
  };
}

function pick(meeting: Meeting, change: Change): Change {
  return {
    ...("title" in change ? { title: meeting.title } : {}),
    ...("tags" in change ? { tags: meeting.tags } : {}),
    ...("notes" in change ? { notes: meeting.notes } : {}),
  };
}
