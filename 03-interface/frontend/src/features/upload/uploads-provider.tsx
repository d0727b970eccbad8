"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";

import { useMe } from "@/api/me";
import { MEETING_LISTS, MEETING_STATISTICS } from "@/api/meetings";
import { refresh } from "@/api/session";

import { end, tell } from "./queue/gateway";
import { hold } from "./queue/lock";
import { UploadQueue } from "./queue/queue";
import { shelf } from "./queue/shelf";
import { send } from "./queue/transfer";
import { Recorder } from "./recorder/recorder";
import { RECORDINGS } from "./recorder/use-recordings";
import { Tray } from "./tray";
import { UploadsContext } from "./uploads-context";
import { useLeaveWarning } from "./use-leave-warning";

/** Keeps uploads and the recorder going while one moves between pages, and shows them in a tray. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const { data: me, dataUpdatedAt } = useMe();
  return (
    me && (
      <Provided owner={me.id} signedInAt={dataUpdatedAt}>
        {children}
      </Provided>
    )
  );
}

interface ProvidedProps {
  owner: string;
  signedInAt: number;
  children: ReactNode;
}

function Provided({ owner, signedInAt, children }: ProvidedProps) {
  const client = useQueryClient();
  const [uploads] = useState(() => {
    const onMeeting = () => {
      void client.invalidateQueries({ queryKey: MEETING_LISTS });
      void client.invalidateQueries({ queryKey: MEETING_STATISTICS });
    };
    return {
      owner,
      queue: new UploadQueue(owner, { shelf, send, tell, end, renew: refresh, hold, onMeeting }),
      recorder: new Recorder(owner, () => void client.invalidateQueries({ queryKey: RECORDINGS })),
    };
  });
  const { queue, recorder } = uploads;

  useEffect(() => {
    const wake = () => queue.wake();
    const sleep = () => queue.sleep();
    queue.start();
    window.addEventListener("online", wake);
    window.addEventListener("offline", sleep);
    return () => {
      queue.stop();
      void recorder.stop();
      window.removeEventListener("online", wake);
      window.removeEventListener("offline", sleep);
    };
  }, [queue, recorder]);

  // A session that was renewed by signing in again asks who one is anew.
  useEffect(() => queue.wake(), [queue, signedInAt]);

  return (
    <UploadsContext value={uploads}>
      {children}
      <Tray />
      <LeaveWarning />
    </UploadsContext>
  );
}

function LeaveWarning() {
  useLeaveWarning();
  return null;
}
