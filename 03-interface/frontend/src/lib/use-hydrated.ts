"use client";

import { useSyncExternalStore } from "react";

const NEVER_CHANGES = () => () => undefined;

/** Whether the page's scripts are at work; a form that is sent before would go out as the browser does it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    NEVER_CHANGES,
    () => true,
    () => false,
  );
}
