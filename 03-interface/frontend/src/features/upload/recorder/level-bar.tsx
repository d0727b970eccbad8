"use client";

import { useEffect, useRef } from "react";

import type { Recorder } from "./recorder";

/** How loud the microphone is, drawn without React, as often as the screen is. */
export function Level({ recorder }: { recorder: Recorder }) {
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let frame = 0;
    let shown = 0;
    function draw() {
      // It rises at once and falls slowly, as the eye expects of such a meter.
      shown = Math.max(recorder.level, shown * 0.92);
      if (bar.current) {
        bar.current.style.transform = `scaleX(${shown})`;
      }
      frame = requestAnimationFrame(draw);
    }
    draw();
    return () => cancelAnimationFrame(frame);
  }, [recorder]);

  return (
    <div aria-hidden className="h-2 overflow-hidden rounded-full bg-hover">
      <div ref={bar} className="h-full origin-left scale-x-0 rounded-full bg-accent" />
    </div>
  );
}
