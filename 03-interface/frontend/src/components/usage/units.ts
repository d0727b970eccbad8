/** Limits as people type them: gigabytes and minutes, where the gateway counts bytes and seconds. */
import type { Schemas } from "@/api/client";

export type Limits = Schemas["LimitsBody"];
export type Limit = keyof Limits;

/** How many of the gateway's units are one of the field's. */
export const UNIT: Record<Limit, number> = {
  max_bytes: 1e9,
  max_minutes_month: 1,
  max_jobs: 1,
  max_upload_bytes: 1e9,
  max_duration_s: 60,
};

export const LIMITS: readonly Limit[] = [
  "max_bytes",
  "max_minutes_month",
  "max_jobs",
  "max_upload_bytes",
  "max_duration_s",
];

/** The smallest that the gateway takes. */
export const LEAST: Record<Limit, number> = {
  max_bytes: 0,
  max_minutes_month: 0,
  max_jobs: 1,
  max_upload_bytes: 1,
  max_duration_s: 1,
};

export type TypedLimits = Record<Limit, string>;

/** Nothing is typed where nothing is set. */
export function typedOf(limits: Limits): TypedLimits {
  return perLimit((name) => {
    const value = limits[name];
    return value === null || value === undefined ? "" : String(value / UNIT[name]);
  });
}

export function limitsOf(typed: TypedLimits): Record<Limit, number | null> {
  return perLimit((name) =>
    typed[name].trim() === "" ? null : Math.round(Number(typed[name]) * UNIT[name]),
  );
}

function perLimit<Value>(make: (name: Limit) => Value): Record<Limit, Value> {
  return Object.fromEntries(LIMITS.map((name) => [name, make(name)])) as Record<Limit, Value>;
}
