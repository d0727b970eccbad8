"use client";

import { useTranslations } from "next-intl";

import type { Item, Phase } from "../queue/item";

const TOLD = ["held", "missing", "failed", "done"] as const satisfies readonly Phase[];

/** Tells screen readers how many uploads are in which state; progress itself would never let them rest. */
export function Announcer({ items }: { items: readonly Item[] }) {
  const t = useTranslations("upload.announced");
  const told = TOLD.map((phase) => ({ phase, count: items.filter((item) => item.phase === phase).length }));
  return (
    <p role="status" className="sr-only">
      {told
        .filter(({ count }) => count > 0)
        .map(({ phase, count }) => t(phase, { count }))
        .join(" ")}
    </p>
  );
}
