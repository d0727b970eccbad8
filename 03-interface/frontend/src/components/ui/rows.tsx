import { Children, type CSSProperties, type ReactNode } from "react";

import { cn } from "@/lib/cn";

interface RowsProps {
  label: string;
  /** One a column; a hidden one is told to screen readers only. */
  headings: readonly { name: string; hidden?: boolean }[];
  /** As CSS has it for a grid, such as "2fr 1fr auto". */
  columns: string;
  children: ReactNode;
}

const LINE = "sm:col-span-full sm:grid-cols-subgrid sm:items-center";

/** A table; on a phone each of its rows is a card. */
export function Rows({ label, headings, columns, children }: RowsProps) {
  return (
    <div
      role="table"
      aria-label={label}
      className="flex flex-col gap-3 sm:grid sm:[grid-template-columns:var(--columns)] sm:gap-x-6 sm:gap-y-0"
      style={{ "--columns": columns } as CSSProperties}
    >
      <div role="row" className={cn(LINE, "hidden border-b border-line pb-2 text-xs text-ink-faint sm:grid")}>
        {headings.map(({ name, hidden }) => (
          <div key={name} role="columnheader">
            {hidden ? <span className="sr-only">{name}</span> : name}
          </div>
        ))}
      </div>
      {children}
    </div>
  );
}

export function Row({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      role="row"
      className={cn(
        LINE,
        "flex flex-col rounded-lg border border-line bg-raised p-4 max-sm:gap-2 sm:grid sm:rounded-none sm:border-0 sm:border-b sm:bg-transparent sm:px-0 sm:py-3",
        className,
      )}
    >
      {children}
    </div>
  );
}

interface CellProps {
  /** The column's name, which a phone shows beside what is in it. */
  label?: string;
  children?: ReactNode;
  className?: string;
}

export function Cell({ label, children, className }: CellProps) {
  const empty = Children.toArray(children).length === 0;
  return (
    <div
      role="cell"
      className={cn(
        "min-w-0 text-sm",
        label && "flex items-baseline justify-between gap-4 sm:block",
        empty && "hidden sm:block",
        className,
      )}
    >
      {label && <span className="shrink-0 text-xs text-ink-faint sm:hidden">{label}</span>}
      {label ? <div className="min-w-0 text-right sm:text-left">{children}</div> : children}
    </div>
  );
}
