"use client";

import { ChevronDownIcon, ChevronUpIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

import type { TranscriptStore } from "../model/store";
import { FindOptions } from "./find-options";
import type { Sought } from "./find";
import { ReplaceDialog } from "./replace-dialog";
import { useFind } from "./use-find";

const LONGEST = 200;

interface FindPanelProps {
  store: TranscriptStore;
  readOnly: boolean;
  /** Each time that this changes, the field is ready to be written in. */
  asked: number;
  onClose: () => void;
}

/** Find a text, go from hit to hit, replace one of them or all. Enter goes on, Shift+Enter back, Escape closes. */
export function FindPanel({ store, readOnly, asked, onClose }: FindPanelProps) {
  const t = useTranslations("editing.find");
  const common = useTranslations("common");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [find, setFind] = useState("");
  const [replacement, setReplacement] = useState("");
  const [options, setOptions] = useState<Omit<Sought, "find">>({
    wholeWords: false,
    matchCase: false,
    speaker: null,
  });
  const [replacing, setReplacing] = useState(false);
  const sought = useMemo(() => ({ find, ...options }), [find, options]);
  const { hits, at, go, replaceOne } = useFind(store, sought);

  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, [asked]);

  function press(event: KeyboardEvent) {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
  }

  function pressInFind(event: KeyboardEvent) {
    if (event.key === "Enter") {
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    }
  }

  return (
    <search
      aria-label={t("label")}
      onKeyDown={press}
      className="flex flex-col gap-2 rounded-lg border border-line bg-raised p-2.5 shadow-low"
    >
      <div className="flex items-center gap-1">
        <label htmlFor={id} className="sr-only">
          {t("find")}
        </label>
        <Input
          ref={field}
          id={id}
          value={find}
          onChange={(event) => setFind(event.target.value)}
          onKeyDown={pressInFind}
          placeholder={t("find")}
          maxLength={LONGEST}
          autoComplete="off"
          className="min-w-0 flex-1"
        />
        <span role="status" className="min-w-14 text-center text-xs text-ink-soft tabular-nums">
          {find && (hits.length === 0 ? t("none") : t("place", { at: at + 1, count: hits.length }))}
        </span>
        <Button look="quiet" size="icon-small" aria-label={t("previous")} onClick={() => go(-1)}>
          <ChevronUpIcon aria-hidden />
        </Button>
        <Button look="quiet" size="icon-small" aria-label={t("next")} onClick={() => go(1)}>
          <ChevronDownIcon aria-hidden />
        </Button>
        <Button look="quiet" size="icon-small" aria-label={common("close")} onClick={onClose}>
          <XIcon aria-hidden />
        </Button>
      </div>
      {!readOnly && (
        <div className="flex flex-wrap items-center gap-2">
          <Input
            aria-label={t("replacement")}
            value={replacement}
            onChange={(event) => setReplacement(event.target.value)}
            placeholder={t("replacement")}
            maxLength={LONGEST}
            autoComplete="off"
            className="min-w-40 flex-1 max-sm:basis-full"
          />
          <Button size="small" disabled={at < 0} onClick={() => replaceOne(replacement)}>
            {t("replaceOne")}
          </Button>
          <Button size="small" disabled={at < 0} onClick={() => setReplacing(true)}>
            {t("replaceAll")}
          </Button>
        </div>
      )}
      <FindOptions speakers={store.speakers} options={options} onChange={setOptions} />
      {replacing && (
        <ReplaceDialog
          store={store}
          sought={sought}
          replacement={replacement}
          onClose={() => setReplacing(false)}
        />
      )}
    </search>
  );
}
