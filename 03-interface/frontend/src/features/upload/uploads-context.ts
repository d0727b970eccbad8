"use client";

import { createContext, useContext, useSyncExternalStore } from "react";

import type { Item } from "./queue/item";
import type { UploadQueue } from "./queue/queue";
import type { Recorder, RecorderState } from "./recorder/recorder";

export interface Uploads {
  owner: string;
  queue: UploadQueue;
  recorder: Recorder;
}

export const UploadsContext = createContext<Uploads | null>(null);

/** The uploads and the recorder of this tab, which go on while one moves between pages. */
export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext);
  if (!uploads) {
    throw new Error("useUploads needs an UploadsProvider around it");
  }
  return uploads;
}

const NONE: readonly Item[] = [];

export function useUploadItems(): readonly Item[] {
  const { queue } = useUploads();
  return useSyncExternalStore(queue.subscribe, queue.snapshot, () => NONE);
}

export function useRecorder(): RecorderState {
  const { recorder } = useUploads();
  return useSyncExternalStore(recorder.subscribe, recorder.snapshot, recorder.snapshot);
}
