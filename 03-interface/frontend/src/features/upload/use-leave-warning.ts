"use client";

import { useEffect } from "react";

import { OPEN } from "./queue/item";
import { useRecorder, useUploadItems } from "./uploads-context";

/** Ask before the page is closed where that would lose something: a recording, a file that cannot be kept. */
export function useLeaveWarning(): void {
  const { phase, rescued } = useRecorder();
  const unsafe = useUploadItems().some(
    (item) => !item.safe && OPEN.has(item.phase) && item.phase !== "missing",
  );
  const warn = phase !== "idle" || rescued.length > 0 || unsafe;

  useEffect(() => {
    if (!warn) {
      return;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [warn]);
}
