"use client";

import { BookOpenIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Empty } from "@/components/state/empty";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Input } from "@/components/ui/input";

import { OwnersOnly } from "../frame/owners-only";
import { Panel } from "../frame/panel";
import { useManages, useThisProject } from "../frame/project-context";
import { AddPair } from "./add-pair";
import { PairRows } from "./pair-rows";
import { matching, withPairs } from "./pairs";
import { PastePairs } from "./paste-pairs";
import { useChangeGlossary } from "./use-glossary";

const SEARCH_FROM = 10;

/** What engines tend to hear, and what is meant by it. */
export function GlossaryPanel() {
  const t = useTranslations("projects");
  const project = useThisProject();
  const manages = useManages();
  const change = useChangeGlossary(project.id);
  const [looked, setLooked] = useState("");
  const pairs = project.glossary;
  const shown = matching(pairs, looked);
  return (
    <Panel
      wide
      title={t("pages.glossary")}
      intro={t("glossary.intro")}
      action={
        manages && (
          <PastePairs pairs={pairs} onAdd={(added) => change.mutate((all) => withPairs(all, added))} />
        )
      }
    >
      {!manages && <OwnersOnly what="glossary" />}
      {change.error && <ProblemNotice error={change.error} />}
      {manages && <AddPair pairs={pairs} onAdd={(pair) => change.mutate((all) => withPairs(all, [pair]))} />}
      {pairs.length > SEARCH_FROM && (
        <div className="flex flex-wrap items-center gap-3">
          <Input
            type="search"
            value={looked}
            onChange={(event) => setLooked(event.target.value)}
            placeholder={t("glossary.search")}
            aria-label={t("glossary.search")}
            className="max-w-sm"
          />
          <p role="status" className="text-sm text-ink-soft tabular-nums">
            {t("glossary.count", { shown: shown.length, all: pairs.length })}
          </p>
        </div>
      )}
      {pairs.length === 0 && (
        <Empty icon={BookOpenIcon} title={t("glossary.emptyTitle")}>
          {t("glossary.emptyText")}
        </Empty>
      )}
      {shown.length > 0 && (
        <PairRows pairs={shown} readOnly={!manages} onChange={(edit) => change.mutate(edit)} />
      )}
      {pairs.length > 0 && shown.length === 0 && (
        <p className="text-sm text-ink-soft">{t("glossary.nothingFound", { looked })}</p>
      )}
    </Panel>
  );
}
