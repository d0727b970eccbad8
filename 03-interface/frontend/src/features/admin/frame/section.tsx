import type { ReactNode } from "react";

/** A part of a page under its heading. */
export function Section({
  title,
  hint,
  children,
}: {
  title: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 className="text-xl">{title}</h2>
        {hint && <p className="max-w-2xl text-sm text-ink-soft">{hint}</p>}
      </div>
      {children}
    </section>
  );
}
