"use client";

import { ListFilterIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";

import { countFilters, type Filters, NO_FILTERS } from "./filters";
import { FilterFields } from "./filter-fields";
import { SortField } from "./sort-field";

interface FilterBarProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** All filters and the order; on a phone they are folded away. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const t = useTranslations("meetings.filters");
  const [open, setOpen] = useState(false);
  const count = countFilters(filters);
  const { q, sort } = filters;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        size="small"
        className="lg:hidden"
        aria-expanded={open}
        aria-controls="filters"
        onClick={() => setOpen(!open)}
      >
        <ListFilterIcon aria-hidden />
        {count > 0 ? t("openCount", { count }) : t("open")}
      </Button>
      <div
        id="filters"
        role="group"
        aria-label={t("label")}
        className={cn(
          "order-last basis-full flex-wrap items-center gap-2 lg:order-none lg:flex lg:flex-1 lg:basis-0",
          open ? "flex" : "hidden",
        )}
      >
        <FilterFields filters={filters} onChange={onChange} />
        {count > 0 && (
          <Button look="quiet" size="small" onClick={() => onChange({ ...NO_FILTERS, q, sort })}>
            <XIcon aria-hidden />
            {t("clear")}
          </Button>
        )}
      </div>
      {!q && <SortField value={sort} onChange={(next) => onChange({ ...filters, sort: next })} />}
    </div>
  );
}
