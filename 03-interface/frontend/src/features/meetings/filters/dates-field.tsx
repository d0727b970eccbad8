"use client";

import { CalendarIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { cn } from "@/lib/cn";

interface DatesFieldProps {
  from: string;
  to: string;
  onChange: (change: { from?: string; to?: string }) => void;
}

/** When it was handed in: from a day, to a day, or both. */
export function DatesField({ from, to, onChange }: DatesFieldProps) {
  const t = useTranslations("meetings.filters");
  const locale = useLocale();
  const day = (date: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(`${date}T00:00:00`));
  const shown =
    from && to
      ? t("between", { from: day(from), to: day(to) })
      : from
        ? t("since", { from: day(from) })
        : to
          ? t("until", { to: day(to) })
          : t("dates");
  return (
    <Popover
      trigger={
        <Button
          size="small"
          className={cn("font-normal", (from || to) && "border-accent bg-accent-soft text-accent")}
        >
          <CalendarIcon aria-hidden />
          {shown}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label={t("from")}>
          {(ids) => (
            <Input
              {...ids}
              type="date"
              value={from}
              max={to || undefined}
              onChange={(event) => onChange({ from: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("to")}>
          {(ids) => (
            <Input
              {...ids}
              type="date"
              value={to}
              min={from || undefined}
              onChange={(event) => onChange({ to: event.target.value })}
            />
          )}
        </Field>
        {(from || to) && (
          <Button size="small" look="quiet" onClick={() => onChange({ from: "", to: "" })}>
            {t("anyDate")}
          </Button>
        )}
      </div>
    </Popover>
  );
}
