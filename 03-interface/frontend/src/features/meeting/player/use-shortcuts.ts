"use client";

import { useEffect, useEffectEvent } from "react";

import { type Action, actionOf, isTaken } from "./shortcuts";

/** Listen for the page's keys; `letters`: whether those that write a character count. */
export function useShortcuts(letters: boolean, act: (action: Action) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const action = actionOf(event, letters);
    if (action && !event.defaultPrevented && !isTaken(event.target, event.key)) {
      event.preventDefault();
      act(action);
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
