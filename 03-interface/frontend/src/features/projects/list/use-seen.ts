"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether the element has been on the screen: what is costly to ask for can wait until then. */
export function useSeen<Shown extends Element>(): [RefObject<Shown | null>, boolean] {
  const element = useRef<Shown>(null);
  const [seen, setSeen] = useState(false);

  useEffect(() => {
    const shown = element.current;
    if (seen || !shown) {
      return undefined;
    }
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        setSeen(true);
      }
    });
    observer.observe(shown);
    return () => observer.disconnect();
  }, [seen]);

  return [element, seen];
}
