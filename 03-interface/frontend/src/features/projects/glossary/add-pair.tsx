"use client";

import { PlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

import { MOST_PAIRS, PAIR_LENGTH } from "../limits";
import { isPair, type Pair, same, tidy } from "./pairs";

interface AddPairProps {
  pairs: readonly Pair[];
  onAdd: (pair: Pair) => void;
}

/** Two fields and a button; after each pair the first field is ready for the next. */
export function AddPair({ pairs, onAdd }: AddPairProps) {
  const t = useTranslations("projects");
  const [heard, setHeard] = useState("");
  const [meant, setMeant] = useState("");
  const first = useRef<HTMLInputElement>(null);
  const pair = { heard: tidy(heard), meant: tidy(meant) };
  const known = pairs.find((one) => same(one.heard) === same(pair.heard));

  if (pairs.length >= MOST_PAIRS) {
    return <p className="text-sm text-ink-soft">{t("glossary.full", { most: MOST_PAIRS })}</p>;
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPair(pair)) {
      onAdd(pair);
      setHeard("");
      setMeant("");
      first.current?.focus();
    }
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:items-end">
        <Field label={t("glossary.heard")}>
          {(ids) => (
            <Input
              {...ids}
              ref={first}
              required
              maxLength={PAIR_LENGTH}
              value={heard}
              onChange={(event) => setHeard(event.target.value)}
              placeholder={t("glossary.heardExample")}
              autoComplete="off"
            />
          )}
        </Field>
        <Field label={t("glossary.meant")}>
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={PAIR_LENGTH}
              value={meant}
              onChange={(event) => setMeant(event.target.value)}
              placeholder={t("glossary.meantExample")}
              autoComplete="off"
            />
          )}
        </Field>
        <Button type="submit" look="primary">
          <PlusIcon aria-hidden />
          {t("glossary.add")}
        </Button>
      </div>
      <p role="status" className="text-[0.8125rem] text-ink-soft">
        {known ? t("glossary.replaces", { meant: known.meant }) : ""}
      </p>
    </form>
  );
}
