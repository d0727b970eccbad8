import { useEffect, useRef } from "react";

/** Whoever leaves an editor by the keyboard stands on its segment then, not at the top of the page. */
export function useFocusAfterEditing(list: HTMLElement | null, editing: number | null): void {
  const before = useRef<number | null>(null);
  useEffect(() => {
    const left = before.current;
    before.current = editing;
    if (left !== null && editing === null && document.activeElement === document.body) {
      list?.querySelector<HTMLElement>(`[data-segment="${left}"]`)?.focus({ preventScroll: true });
    }
  }, [list, editing]);
}
