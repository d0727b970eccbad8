"use client";

import { useEffect, useEffectEvent, useState } from "react";

import type { Chosen } from "../queue/files";
import { dropped } from "./pick";

/** Takes files that are dropped anywhere on the page; whether some are hovering over it. */
export function useDrop(onFiles: (chosen: Chosen[]) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFiles);

  useEffect(() => {
    let depth = 0;
    const files = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    function enter(event: DragEvent) {
      if (files(event)) {
        depth += 1;
        setOver(true);
      }
    }
    function leave(event: DragEvent) {
      if (files(event)) {
        depth = Math.max(0, depth - 1);
        setOver(depth > 0);
      }
    }
    function hover(event: DragEvent) {
      if (files(event)) {
        event.preventDefault();
      }
    }
    function drop(event: DragEvent) {
      if (event.dataTransfer && files(event)) {
        event.preventDefault();
        depth = 0;
        setOver(false);
        void dropped(event.dataTransfer).then(take);
      }
    }
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("dragover", hover);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("dragover", hover);
      window.removeEventListener("drop", drop);
    };
  }, []);

  return over;
}
