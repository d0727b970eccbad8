import { useSyncExternalStore } from "react";

/** Whether single letters are shortcuts: who dictates to the browser or presses keys by chance turns it off. */

const KEPT = "scribe-letter-shortcuts";
const OFF = "off";
const listeners = new Set<() => void>();

export function useLetterShortcuts(): [boolean, (on: boolean) => void] {
  return [useSyncExternalStore(subscribe, current, () => true), set];
}

function current(): boolean {
  try {
    return localStorage.getItem(KEPT) !== OFF;
  } catch {
    return true; // storage that the browser refuses
  }
}

function set(on: boolean): void {
  try {
    localStorage.setItem(KEPT, on ? "on" : OFF);
  } catch {
    // Not remembered then.
  }
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
