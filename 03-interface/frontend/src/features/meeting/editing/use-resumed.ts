"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { toast } from "sonner";

import type { TranscriptStore } from "../model/store";

/** Says once that edits of an earlier page are here again. */
export function useResumed(store: TranscriptStore): void {
  const t = useTranslations("editing.saving");
  const format = useFormatter();
  const say = useEffectEvent((at: number) => {
    const date = format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" });
    toast(t("resumed", { date }), { id: `resumed-${at}` });
  });
  useEffect(() => {
    if (store.resumed !== null) say(store.resumed);
  }, [store]);
}
