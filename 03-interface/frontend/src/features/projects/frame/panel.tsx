import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

interface PanelProps {
  title: ReactNode;
  intro?: ReactNode;
  action?: ReactNode;
  /** Whether its content takes the whole width, as tables do. */
  wide?: boolean;
  children: ReactNode;
}

/** One page of a project: what it is for, and its content. */
export function Panel({ title, intro, action, wide = false, children }: PanelProps) {
  return (
    <section className={cn("flex flex-col gap-5", !wide && "max-w-2xl")}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex max-w-2xl flex-col gap-1">
          <h2 className="text-xl">{title}</h2>
          {intro && <p className="text-sm text-ink-soft">{intro}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
