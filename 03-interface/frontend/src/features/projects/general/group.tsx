import type { ReactNode } from "react";

import type { Draft } from "./draft";

export interface FieldsProps {
  draft: Draft;
  onEdit: (fields: Partial<Draft>) => void;
}

/** Fields that belong together, under one heading. */
export function Group({
  title,
  hint,
  children,
}: {
  title: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-4 border-t border-line pt-5">
      <legend className="float-left w-full font-serif text-lg font-semibold">{title}</legend>
      {hint && <p className="-mt-3 text-sm text-ink-soft">{hint}</p>}
      {children}
    </fieldset>
  );
}
