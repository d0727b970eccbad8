"use client";

import { XIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { bytes } from "@/lib/bytes";

import type { Draft } from "./use-chosen";
import { LONGEST_TITLE } from "./wishes";

interface ChosenListProps {
  drafts: readonly Draft[];
  onRename: (id: string, title: string) => void;
  onRemove: (id: string) => void;
}

/** The chosen files with their titles, before they are handed in. */
export function ChosenList({ drafts, onRename, onRemove }: ChosenListProps) {
  const t = useTranslations("upload.chosen");
  const locale = useLocale();
  return (
    <ul className="flex flex-col gap-3">
      {drafts.map(({ id, file, title }) => (
        <li key={id} className="flex items-end gap-2">
          <label className="flex min-w-0 flex-1 flex-col gap-1">
            <span className="truncate text-[0.8125rem] text-ink-faint">
              {file.name} · <span className="tabular-nums">{bytes(locale, file.size)}</span>
              {file.size === 0 && <span className="text-danger"> · {t("empty")}</span>}
            </span>
            <Input
              aria-label={t("titleOf", { name: file.name })}
              value={title}
              maxLength={LONGEST_TITLE}
              onChange={(event) => onRename(id, event.target.value)}
            />
          </label>
          <Button
            look="quiet"
            size="icon"
            aria-label={t("remove", { name: file.name })}
            onClick={() => onRemove(id)}
          >
            <XIcon aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  );
}
