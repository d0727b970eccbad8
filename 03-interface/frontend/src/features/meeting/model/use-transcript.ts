"use client";

/** A meeting's transcript for the components that show and change it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";

import { useMe } from "@/api/me";
import { useMeeting } from "@/api/meetings";

import { transcriptGateway } from "./gateway";
import { openTranscript } from "./open";
import type { TranscriptStore } from "./store";
import type { Conflict, SaveState, Segment, Speaker } from "./types";
import { browserVault } from "./vault";

const openKey = (account: string, id: string) => ["open-transcripts", account, id] as const;

export interface OpenTranscript {
  store: TranscriptStore | null;
  error: unknown;
  retry: () => void;
}

/** The meeting's transcript as soon as there is one. It goes on saving when nobody shows it any more. */
export function useTranscript(meetingId: string): OpenTranscript {
  const client = useQueryClient();
  const account = useMe().data?.id ?? "";
  const meeting = useMeeting(meetingId);
  const newest = meeting.data?.revision ?? null;
  const told = meeting.dataUpdatedAt;
  const opened = useQuery({
    queryKey: openKey(account, meetingId),
    queryFn: () => openTranscript(meetingId, transcriptGateway(meetingId), browserVault(account, meetingId)),
    enabled: account !== "" && newest !== null,
    staleTime: "static", // another store beside an open one would know nothing of what is unsaved
    gcTime: Infinity,
    structuralSharing: false,
  });
  const store = opened.data ?? null;

  useEffect(() => {
    if (!store) return;
    const queryKey = openKey(account, meetingId);
    return store.hold(() => {
      client.removeQueries({ queryKey, exact: true, predicate: ({ state }) => state.data === store });
    });
  }, [store, client, account, meetingId]);

  useEffect(() => {
    if (store && newest !== null) {
      store.follow(newest);
    }
  }, [store, newest]);

  // The gateway answers (again): what waited for that goes on.
  useEffect(() => {
    if (store?.saving.state === "waiting") {
      store.flush();
    }
  }, [store, told]);

  useEffect(() => (store ? guard(store) : undefined), [store]);

  return { store, error: opened.error, retry: () => void opened.refetch() };
}

/** While the page goes: save what can still be saved, and ask before closing over what cannot. */
function guard(store: TranscriptStore): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (store.unsaved) event.preventDefault();
  };
  const leave = () => store.unsaved && store.flush(true);
  const hide = () => document.visibilityState === "hidden" && leave();
  const goOn = () => store.unsaved && store.flush();
  window.addEventListener("beforeunload", ask);
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", goOn);
  document.addEventListener("visibilitychange", hide);
  return () => {
    window.removeEventListener("beforeunload", ask);
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("online", goOn);
    document.removeEventListener("visibilitychange", hide);
  };
}

export function useSegments(store: TranscriptStore): readonly Segment[] {
  const read = () => store.segments;
  return useSyncExternalStore(store.subscribe, read, read);
}

export function useSpeakers(store: TranscriptStore): readonly Speaker[] {
  const read = () => store.speakers;
  return useSyncExternalStore(store.subscribe, read, read);
}

export function useSaveState(store: TranscriptStore): SaveState {
  const read = () => store.saving;
  return useSyncExternalStore(store.subscribe, read, read);
}

export function useConflicts(store: TranscriptStore): readonly Conflict[] {
  const read = () => store.conflicts;
  return useSyncExternalStore(store.subscribe, read, read);
}

export function useUndo(store: TranscriptStore): { canUndo: boolean; canRedo: boolean } {
  const canUndo = useSyncExternalStore(
    store.subscribe,
    () => store.canUndo,
    () => false,
  );
  const canRedo = useSyncExternalStore(
    store.subscribe,
    () => store.canRedo,
    () => false,
  );
  return { canUndo, canRedo };
}
