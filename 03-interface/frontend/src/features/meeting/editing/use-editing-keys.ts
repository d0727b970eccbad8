"use client";

import { useEffect, useEffectEvent } from "react";

import type { TranscriptStore } from "../model/store";

interface EditingKeys {
  store: TranscriptStore;
  readOnly: boolean;
  find: () => void;
}

/** Undo and redo outside text fields, and the browser's own search, which cannot see what is not drawn. */
export function useEditingKeys({ store, readOnly, find }: EditingKeys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || inDialog(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "f" && !event.shiftKey) {
      event.preventDefault();
      find();
    } else if (!readOnly && !isWriting(event.target) && (key === "z" || key === "y")) {
      event.preventDefault();
      if (key === "y" || event.shiftKey) store.redo();
      else store.undo();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}

export function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

export function inDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[role=dialog], [role=menu]") !== null;
}
