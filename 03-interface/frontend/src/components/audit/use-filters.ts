"use client";

/** The log's filters, kept in the address, so that a look at it can be sent to somebody. */
import { usePathname, useRouter, useSearchParams } from "next/navigation";

import type { AuditFilters } from "@/api/audit";

import { ABOUT, type About, EVERYTHING } from "./acts";

export interface Filters {
  about: About | "";
  actor: string;
  /** Days as a date field has them. */
  from: string;
  to: string;
}

export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams();
  const about = query.get("about");
  const filters: Filters = {
    about: EVERYTHING.find((one) => one === about) ?? "",
    actor: query.get("actor") ?? "",
    from: query.get("from") ?? "",
    to: query.get("to") ?? "",
  };

  function change(fields: Partial<Filters>) {
    const next = Object.entries({ ...filters, ...fields }).filter(([, value]) => value !== "");
    const text = new URLSearchParams(next).toString();
    router.replace(text ? `${path}?${text}` : path, { scroll: false });
  }

  return [filters, change];
}

/** What the gateway is asked: from the first day's beginning to the last day's end, where the reader lives. */
export function asked({ about, actor, from, to }: Filters): AuditFilters {
  return {
    ...(about ? { action: [...ABOUT[about]] } : {}),
    ...(actor ? { actor_id: actor } : {}),
    ...(from ? { since: startOf(from, 0) } : {}),
    ...(to ? { until: startOf(to, 1) } : {}),
  };
}

/** The beginning of the day, or of one after it. */
function startOf(day: string, later: number): string {
  const start = new Date(`${day}T00:00:00`);
  start.setDate(start.getDate() + later);
  return start.toISOString();
}
