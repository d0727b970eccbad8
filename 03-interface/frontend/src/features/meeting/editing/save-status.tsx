"use client";

import {
  CheckIcon,
  CloudOffIcon,
  GitCompareArrowsIcon,
  PencilLineIcon,
  TriangleAlertIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";

import type { TranscriptStore } from "../model/store";
import type { SaveState } from "../model/types";
import { useSaveState } from "../model/use-transcript";

const ICONS = {
  saved: CheckIcon,
  pending: PencilLineIcon,
  saving: PencilLineIcon,
  waiting: CloudOffIcon,
  refused: TriangleAlertIcon,
  conflict: GitCompareArrowsIcon,
} as const satisfies Record<SaveState["state"], unknown>;

const ALARMING: ReadonlySet<SaveState["state"]> = new Set(["waiting", "refused", "conflict"]);

/** How it stands with saving, to be seen. */
export function SaveStatus({ store }: { store: TranscriptStore }) {
  const t = useTranslations("editing.saving");
  const { state } = useSaveState(store);
  const Icon = ICONS[state];
  const alarming = ALARMING.has(state);
  return (
    <span
      aria-hidden
      title={t(`meaning.${state}`)}
      className={cn(
        "flex items-center gap-1.5 text-xs whitespace-nowrap",
        alarming ? "font-medium text-warn" : "text-ink-faint",
      )}
    >
      <Icon className="size-3.5 shrink-0" />
      <span className={alarming ? "" : "max-sm:sr-only"}>{t(`state.${state}`)}</span>
    </span>
  );
}

/** The same to be heard: what matters, not every keystroke's "saving". */
export function SaveAnnouncement({ store }: { store: TranscriptStore }) {
  const t = useTranslations("editing.saving");
  const { state } = useSaveState(store);
  return (
    <span role="status" className="sr-only">
      {state === "pending" || state === "saving" ? "" : t(`meaning.${state}`)}
    </span>
  );
}
