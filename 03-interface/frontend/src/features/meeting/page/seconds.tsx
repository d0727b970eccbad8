"use client";

import { useFormatter } from "next-intl";

const MINUTE_S = 60;

/** A span of time as short as it can be said: 3.2 s, 4 min 10 s. */
export function Seconds({ value }: { value: number }) {
  const format = useFormatter();
  const unit = (count: number, name: "minute" | "second", digits = 0) =>
    format.number(count, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: digits });
  return (
    <span className="text-ink-faint tabular-nums">
      {value < MINUTE_S
        ? unit(value, "second", value < 10 ? 1 : 0)
        : `${unit(Math.floor(value / MINUTE_S), "minute")} ${unit(Math.round(value % MINUTE_S), "second")}`}
    </span>
  );
}
