"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

import { type Filters, readFilters, writeFilters } from "./filters";

/** The filters of the address; `set` makes a place in the browser's history, `adjust` (typing) does not. */
export function useFilters() {
  const params = useSearchParams().toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(params)), [params]);

  const set = useCallback((next: Filters) => {
    window.history.pushState(null, "", window.location.pathname + writeFilters(next));
  }, []);

  const adjust = useCallback((next: Filters) => {
    window.history.replaceState(null, "", window.location.pathname + writeFilters(next));
  }, []);

  return { filters, set, adjust };
}
