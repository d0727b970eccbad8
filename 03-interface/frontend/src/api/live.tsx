"use client";

/** What happens elsewhere, as it happens: the event stream, and asking again while it is away. */
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

import {
  ENDED,
  type Meeting,
  MEETING_LISTS,
  MEETING_STATISTICS,
  meetingKey,
  MEETINGS,
  patchMeeting,
} from "./meetings";
import { refresh, signedInAgain } from "./session";

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
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

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
    let source: EventSource | null = null;
    let last = "";
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;

    function open() {
      source = new EventSource(`/api/v1/events${last ? `?after=${encodeURIComponent(last)}` : ""}`);
      source.addEventListener("ready", (event) => {
        const { missed } = JSON.parse(event.data as string) as { missed: boolean };
        if (missed || failures > 0) {
          void client.invalidateQueries({ queryKey: MEETINGS });
        }
        last = event.lastEventId;
        failures = 0;
        setConnection("live");
      });
      for (const name of ["meeting", "meeting_deleted"]) {
        source.addEventListener(name, (event: MessageEvent<string>) => {
          last = event.lastEventId;
          take(JSON.parse(event.data) as Told);
        });
      }
      source.onerror = () => {
        source?.close();
        failures += 1;
        setConnection("away");
        timer = setTimeout(
          () => void reopen(),
          Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS),
        );
      };
    }

    async function reopen() {
      // An EventSource does not say why it failed: an access token that ran out is one of the reasons.
      const signedIn = await fetch("/api/v1/auth/me")
        .then(
          async (response) => (response.status === 401 ? refresh() : true),
          () => true,
        )
        .catch(() => true);
      if (!signedIn) {
        await signedInAgain();
      }
      if (!over) {
        open();
      }
    }

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

    open();
    return () => {
      over = true;
      clearTimeout(timer);
      source?.close();
    };
  }, [client]);

  return <LiveContext value={connection}>{children}</LiveContext>;
}
