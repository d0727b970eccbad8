"use client";

import { useEffect } from "react";

import type { Hit } from "./find";

const FOUND = "found";
const FOUND_HERE = "found-here";

/** Mark hits in the text that is drawn, without drawing it anew; where a browser cannot, the list still jumps. */
export function useHighlights(hits: readonly Hit[], current: Hit | undefined): void {
  useEffect(() => {
    if (!("highlights" in CSS)) return;
    const bySegment = Map.groupBy(hits, ({ segment }) => segment);
    let frame = 0;
    const mark = () => {
      const [all, here] = [new Highlight(), new Highlight()];
      for (const text of document.querySelectorAll<HTMLElement>("[data-segment] [data-text]")) {
        const id = Number(text.closest<HTMLElement>("[data-segment]")?.dataset["segment"]);
        for (const hit of bySegment.get(id) ?? []) {
          const range = rangeIn(text, hit);
          if (range) (hit === current ? here : all).add(range);
        }
      }
      CSS.highlights.set(FOUND, all);
      CSS.highlights.set(FOUND_HERE, here);
    };
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(mark);
    };
    const list = document.querySelector("[data-segment]")?.parentElement;
    const observer = new MutationObserver(later);
    if (list) observer.observe(list, { childList: true, subtree: true, characterData: true });
    later();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      CSS.highlights.delete(FOUND);
      CSS.highlights.delete(FOUND_HERE);
    };
  }, [hits, current]);
}

function rangeIn(text: HTMLElement, { start, end }: Hit): Range | null {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let before = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (!begun && start < before + length) {
      range.setStart(node, start - before);
      begun = true;
    }
    if (begun && end <= before + length) {
      range.setEnd(node, end - before);
      return range;
    }
    before += length;
  }
  return null;
}
