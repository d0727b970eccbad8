"use client";

import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

import type { About } from "./acts";
import type { Someone } from "./audit-log";
import type { Filters } from "./use-filters";

interface FilterBarProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
  people: readonly Someone[];
  about: readonly About[];
}

const NONE: Filters = { about: "", actor: "", from: "", to: "" };

export function AuditFilterBar({ filters, onChange, people, about }: FilterBarProps) {
  const t = useTranslations("admin");
  const any = Object.values(filters).some((value) => value !== "");
  return (
    <div className="grid grid-cols-2 gap-3 sm:flex sm:flex-wrap sm:items-end">
      <Field label={t("audit.about")}>
        {(ids) => (
          <Select
            {...ids}
            value={filters.about}
            onChange={(event) => onChange({ about: event.target.value as Filters["about"] })}
          >
            <option value="">{t("audit.everything")}</option>
            {about.map((one) => (
              <option key={one} value={one}>
                {t(`audit.abouts.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {people.length > 0 && (
        <Field label={t("audit.who")}>
          {(ids) => (
            <Select
              {...ids}
              value={filters.actor}
              onChange={(event) => onChange({ actor: event.target.value })}
              className="sm:max-w-60"
            >
              <option value="">{t("audit.everybody")}</option>
              {people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label={t("audit.from")}>
        {(ids) => (
          <Input
            {...ids}
            type="date"
            value={filters.from}
            max={filters.to || undefined}
            onChange={(event) => onChange({ from: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("audit.to")}>
        {(ids) => (
          <Input
            {...ids}
            type="date"
            value={filters.to}
            min={filters.from || undefined}
            onChange={(event) => onChange({ to: event.target.value })}
          />
        )}
      </Field>
      {any && (
        <Button look="quiet" onClick={() => onChange(NONE)}>
          {t("audit.clear")}
        </Button>
      )}
    </div>
  );
}
