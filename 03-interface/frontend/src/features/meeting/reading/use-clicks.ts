"use client";

import { useEffect, useEffectEvent } from "react";

interface Clicks {
  onWord: (segment: number, word: number) => void;
  onEdit: (segment: number) => void;
}

/**
 * A click on a word, a double click on a text: heard once for all of them. Keyboards have a button beside
 * each segment for either.
 */
export function useClicks(list: HTMLElement | null, { onWord, onEdit }: Clicks): void {
  const click = useEffectEvent((event: MouseEvent) => {
    const word = placeOf(event.target, "data-word");
    const segment = placeOf(event.target, "data-segment");
    const selects = window.getSelection()?.isCollapsed === false;
    if (word !== null && segment !== null && !selects) {
      onWord(segment, word);
    }
  });
  const doubleClick = useEffectEvent((event: MouseEvent) => {
    const segment = placeOf(event.target, "data-segment");
    if (segment !== null && event.target instanceof Element && event.target.closest("[data-text]")) {
      window.getSelection()?.removeAllRanges();
      onEdit(segment);
    }
  });
  useEffect(() => {
    const onClick = (event: MouseEvent) => click(event);
    const onDoubleClick = (event: MouseEvent) => doubleClick(event);
    list?.addEventListener("click", onClick);
    list?.addEventListener("dblclick", onDoubleClick);
    return () => {
      list?.removeEventListener("click", onClick);
      list?.removeEventListener("dblclick", onDoubleClick);
    };
  }, [list]);
}

function placeOf(target: EventTarget | null, attribute: string): number | null {
  const value = target instanceof Element ? target.closest(`[${attribute}]`)?.getAttribute(attribute) : null;
  return value === null || value === undefined ? null : Number(value);
}
