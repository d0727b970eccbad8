"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";

import { type Meeting, MEETING_LISTS, MEETING_STATISTICS, patchMeeting } from "@/api/meetings";
import { PROJECTS } from "@/api/projects";
import { useProblemWords } from "@/components/state/problem-words";

import { type Action, ACTIONS, doToEach } from "./actions";

/** A function that does something to meetings, shows it at once, and says what could not be done. */
export function useActions(): (
  action: Action,
  meetings: readonly Meeting[],
  value?: string,
) => Promise<void> {
  const t = useTranslations("meetings.actions");
  const words = useProblemWords();
  const client = useQueryClient();
  return useCallback(
    async (action, meetings, value = "") => {
      const { changed, problems } = await doToEach(meetings, (one) => ACTIONS[action](one, value));
      changed.forEach((meeting) => patchMeeting(client, meeting.id, meeting));
      void client.invalidateQueries({ queryKey: MEETING_LISTS });
      void client.invalidateQueries({ queryKey: MEETING_STATISTICS });
      if (action === "move") {
        void client.invalidateQueries({ queryKey: PROJECTS });
      }
      if (changed.length > 0) {
        toast(t(`done.${action}`, { count: changed.length }));
      }
      const [first] = problems;
      if (first) {
        const { title, advice } = words(first);
        toast.error(t(`failed.${action}`, { count: problems.length }), {
          description: `${title}. ${advice}`,
        });
      }
    },
    [client, t, words],
  );
}
