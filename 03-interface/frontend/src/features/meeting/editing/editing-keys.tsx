"use client";

import { KeyboardIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toolbar } from "radix-ui";

import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";

const TASKS = [
  "end",
  "split",
  "merge",
  "next",
  "abandon",
  "listen",
  "undo",
  "redo",
  "find",
  "doubtful",
  "accept",
] as const;

/** What the keys do in a passage that is being edited, and around it. */
export function EditingKeys() {
  const t = useTranslations("editing.keys");
  return (
    <Popover
      align="end"
      className="max-h-[70dvh] w-80 max-w-[calc(100vw-1rem)] overflow-y-auto"
      trigger={
        <Toolbar.Button asChild>
          <Button look="quiet" size="icon-small" aria-label={t("title")} className="max-sm:hidden">
            <KeyboardIcon aria-hidden />
          </Button>
        </Toolbar.Button>
      }
    >
      <h2 className="pb-3 font-semibold">{t("title")}</h2>
      <dl className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-2">
        {TASKS.map((task) => (
          <div key={task} className="contents">
            <dt>{t(`tasks.${task}`)}</dt>
            <dd className="text-right">
              <kbd className="rounded border border-line bg-sunken px-1.5 py-0.5 font-mono text-xs">
                {t(`names.${task}`)}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
