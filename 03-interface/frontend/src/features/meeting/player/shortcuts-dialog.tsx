"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";

import { Switch } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";

import { useLetterShortcuts } from "./shortcut-preference";
import { type Action, ACTIONS, KEYS } from "./shortcuts";

interface ShortcutsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What the keys do, and whether single letters do anything. */
export function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  const t = useTranslations("meeting.shortcuts");
  const [letters, setLetters] = useLetterShortcuts();
  const id = useId();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} description={t("where")}>
      <dl className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-2 text-sm">
        {ACTIONS.map((action) => (
          <Line key={action} action={action} />
        ))}
      </dl>
      <div className="flex items-center justify-between gap-4 border-t border-line pt-4">
        <label htmlFor={id} className="text-sm">
          {t("letters")}
        </label>
        <Switch id={id} checked={letters} onCheckedChange={setLetters} />
      </div>
    </Dialog>
  );
}

function Line({ action }: { action: Action }) {
  const t = useTranslations("meeting.shortcuts");
  return (
    <>
      <dt>{t(`actions.${action}`)}</dt>
      <dd className="flex justify-end gap-1.5">
        {KEYS[action].map((key) => (
          <kbd
            key={key}
            className="min-w-7 rounded border border-line bg-sunken px-1.5 py-0.5 text-center font-mono text-xs"
          >
            {shown(key)}
          </kbd>
        ))}
      </dd>
    </>
  );

  function shown(key: string): string {
    if (key === " ") return t("keys.space");
    if (key === "ArrowLeft") return "←";
    return key === "ArrowRight" ? "→" : key.toUpperCase();
  }
}
