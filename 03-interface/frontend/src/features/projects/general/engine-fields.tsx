"use client";

import { useTranslations } from "next-intl";

import { type Engine, useEngines } from "@/api/engines";
import { Notice } from "@/components/state/notice";
import { ProblemNotice } from "@/components/state/problem-notice";
import { CheckField } from "@/components/ui/check-field";
import { Skeleton } from "@/components/ui/skeleton";

import { EngineField, ModelField } from "./engine-field";
import { type FieldsProps, Group } from "./group";

/** Which engines and models do the work. */
export function EngineFields({ draft, onEdit }: FieldsProps) {
  const t = useTranslations("projects");
  const { data, error, isPending, refetch } = useEngines();
  const engines = data?.engines ?? [];
  const of = (kind: Engine["kind"]) => engines.filter((engine) => engine.kind === kind);
  return (
    <Group title={t("engines.title")} hint={t("engines.hint")}>
      {isPending && <Skeleton className="h-24 w-full" />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data?.workers === 0 && <Notice tone="warn">{t("engines.noWorker")}</Notice>}
      <div className="grid gap-4 sm:grid-cols-2">
        <EngineField
          label={t("engines.transcriber")}
          engines={of("transcriber")}
          value={draft.transcriber}
          onChange={(transcriber) => onEdit({ transcriber, transcriberModel: "" })}
        />
        <ModelField
          engine={engines.find(({ name }) => name === draft.transcriber)}
          value={draft.transcriberModel}
          onChange={(transcriberModel) => onEdit({ transcriberModel })}
        />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <EngineField
          label={t("engines.diariser")}
          engines={of("diariser")}
          value={draft.diariser}
          onChange={(diariser) => onEdit({ diariser, diariserModel: "" })}
        />
        <ModelField
          engine={engines.find(({ name }) => name === draft.diariser)}
          value={draft.diariserModel}
          onChange={(diariserModel) => onEdit({ diariserModel })}
        />
      </div>
      <CheckField
        label={t("engines.translate")}
        hint={t("engines.translateHint")}
        checked={draft.translate}
        onChange={(translate) => onEdit({ translate })}
      />
    </Group>
  );
}
