"use client";

/** What is being read and edited on the page, for the transcript and for the tools around it. */
import { createContext, useContext } from "react";

export interface Reading {
  /** Bring a segment into view, and give it the keyboard's focus where asked. */
  scrollToSegment: (id: number, options?: { focus?: boolean }) => void;
  /** Show a segment's editor in place of its text; null ends editing. */
  editSegment: (id: number | null) => void;
  /** The segment that is being edited. */
  editing: number | null;
}

const ReadingContext = createContext<Reading | null>(null);

export const ReadingProvider = ReadingContext.Provider;

export function useReading(): Reading {
  const reading = useContext(ReadingContext);
  if (reading === null) {
    throw new Error("useReading needs a ReadingProvider around it");
  }
  return reading;
}
