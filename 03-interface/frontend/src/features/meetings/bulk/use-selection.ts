"use client";

import { useCallback, useState } from "react";

import type { Meeting } from "@/api/meetings";

/** The meetings that are ticked; of those that are not listed any more, none counts. */
export function useSelection(listed: readonly Meeting[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());

  const select = useCallback((id: string, selected: boolean) => {
    setIds((before) => {
      const next = new Set(before);
      if (selected) {
        next.add(id);
      } else {
        next.delete(id);
      }
      return next;
    });
  }, []);

  const selectAll = useCallback(() => setIds(new Set(listed.map(({ id }) => id))), [listed]);
  const clear = useCallback(() => setIds(new Set()), []);

  return { selected: listed.filter(({ id }) => ids.has(id)), select, selectAll, clear };
}
