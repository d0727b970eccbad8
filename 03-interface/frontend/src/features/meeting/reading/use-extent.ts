import { useEffect, useState } from "react";

interface Extent {
  /** How far below the top of the page the element begins, in pixels. */
  top: number;
  width: number;
}

/**
 * Where an element lies, followed as it and what is above it change size. Never asked while drawing: that
 * would make the browser lay out the page once more for every frame.
 */
export function useExtent(element: HTMLElement | null): Extent {
  const [extent, setExtent] = useState<Extent>(() => ({ top: 0, width: window.innerWidth }));
  useEffect(() => {
    if (element === null) {
      return undefined;
    }
    const measure = () => {
      const box = element.getBoundingClientRect();
      const [top, width] = [Math.round(box.top + window.scrollY), Math.round(box.width)];
      setExtent((before) => (before.top === top && before.width === width ? before : { top, width }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return extent;
}
