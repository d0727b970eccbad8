"use client";

/** What happens elsewhere, as it happens: the event stream, and asking again while it is away. */
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

import { listenToEvents } from "./event-stream";
import {
  ENDED,
  type Meeting,
  MEETING_LISTS,
  MEETING_STATISTICS,
  meetingKey,
  MEETINGS,
  patchMeeting,
} from "./meetings";

export type Connection = "connecting" | "live" | "away";

type Told =
  | {
      type: "meeting";
      meeting_id: string;
      status: Meeting["status"];
      stage: string | null;
      progress: number | null;
      revision: number | null;
      error_code: string | null;
      title: string | null;
    }
  | { type: "meeting_deleted"; meeting_id: string };

const POLL_MS = 5_000;

const LiveContext = createContext<Connection>("connecting");

/** Whether the event stream is up; while it is `away`, queries must ask for themselves. */
export function useConnection(): Connection {
  return useContext(LiveContext);
}

/** For `refetchInterval`: nothing is asked again while the stream tells of changes. */
export function usePollingWhileAway(): number | false {
  return useConnection() === "away" ? POLL_MS : false;
}

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>("connecting");

  useEffect(() => {
    function take(told: Told) {
      const id = told.meeting_id;
      if (told.type === "meeting_deleted") {
        client.removeQueries({ queryKey: meetingKey(id) });
        void client.invalidateQueries({ queryKey: MEETING_LISTS });
        void client.invalidateQueries({ queryKey: MEETING_STATISTICS });
        return;
      }
      const { status, stage, progress } = told;
      patchMeeting(client, id, { status, stage, progress });
      if (stage === null || ENDED.has(status)) {
        void client.invalidateQueries({ queryKey: meetingKey(id) });
        void client.invalidateQueries({ queryKey: MEETING_LISTS });
        void client.invalidateQueries({ queryKey: MEETING_STATISTICS });
      }
    }

    return listenToEvents({
      onLive: (behind) => {
        if (behind) {
          void client.invalidateQueries({ queryKey: MEETINGS });
        }
        setConnection("live");
      },
      onTold: (event) => take(JSON.parse(event) as Told),
      onAway: () => setConnection("away"),
    });
  }, [client]);

  return <LiveContext value={connection}>{children}</LiveContext>;
}
