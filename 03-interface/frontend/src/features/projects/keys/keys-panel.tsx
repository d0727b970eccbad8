"use client";

import { KeyRoundIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Empty } from "@/components/state/empty";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";

import { type ApiKey, useKeys } from "../data/keys";
import { OwnersOnly } from "../frame/owners-only";
import { Panel } from "../frame/panel";
import { useManages, useThisProject } from "../frame/project-context";
import { stateOf } from "./expiry";
import { KeyRows } from "./key-rows";
import { NewKey } from "./new-key";

/** Keys for programs that hand in recordings and read transcripts. */
export function KeysPanel() {
  const t = useTranslations("projects");
  const manages = useManages();
  return (
    <Panel wide title={t("pages.keys")} intro={t("keys.intro")} action={manages && <NewKey />}>
      {manages ? <Keys /> : <OwnersOnly what="keys" />}
    </Panel>
  );
}

function Keys() {
  const t = useTranslations("projects");
  const { data, error, isPending, refetch } = useKeys(useThisProject().id);
  const [now] = useState(() => new Date());
  if (isPending) {
    return <Skeleton className="h-32 w-full" />;
  }
  if (error) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  const good = data.filter((key) => stateOf(key, now) === "good");
  const ended = data.filter((key) => stateOf(key, now) !== "good");
  return (
    <>
      {good.length === 0 && (
        <Empty icon={KeyRoundIcon} title={t("keys.emptyTitle")}>
          {t("keys.emptyText")}
        </Empty>
      )}
      {good.length > 0 && <KeyRows label={t("pages.keys")} keys={good} now={now} />}
      {ended.length > 0 && <Ended keys={ended} now={now} />}
    </>
  );
}

function Ended({ keys, now }: { keys: readonly ApiKey[]; now: Date }) {
  const t = useTranslations("projects");
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded text-sm text-ink-soft hover:text-ink">
        {t("keys.ended", { count: keys.length })}
      </summary>
      <div className="pt-4">
        <KeyRows label={t("keys.endedLabel")} keys={keys} now={now} />
      </div>
    </details>
  );
}
