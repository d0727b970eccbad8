"use client";

import { useTranslations } from "next-intl";

import { type Engine, useEngines } from "@/api/engines";
import { ProblemNotice } from "@/components/state/problem-notice";
import { CheckField } from "@/components/ui/check-field";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";

import { canTranslate, modelsOf } from "./engines";
import type { Wishes } from "./wishes";

interface EngineFieldsProps {
  wishes: Wishes;
  onChange: (change: Partial<Wishes>) => void;
}

/** Which engines and models do the work, where that is not left to the server. */
export function EngineFields({ wishes, onChange }: EngineFieldsProps) {
  const t = useTranslations("upload.engines");
  const { data, error, refetch } = useEngines();
  if (error) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return <Skeleton className="h-24 w-full" />;
  }
  if (data.engines.length === 0) {
    return <p className="text-sm text-ink-soft">{t("none")}</p>;
  }
  const { transcriber, transcriberModel, diariser, diariserModel } = wishes;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <EngineField
        {...{ kind: "transcriber", label: t("transcriber"), engines: data.engines, value: transcriber }}
        onChoose={(name) => onChange({ transcriber: name, transcriberModel: "", translate: false })}
      />
      <ModelField
        {...{ kind: "transcriber", label: t("transcriberModel"), engines: data.engines }}
        {...{ engine: transcriber, value: transcriberModel }}
        onChoose={(name) => onChange({ transcriberModel: name, translate: false })}
      />
      <EngineField
        {...{ kind: "diariser", label: t("diariser"), engines: data.engines, value: diariser }}
        onChoose={(name) => onChange({ diariser: name, diariserModel: "" })}
      />
      <ModelField
        {...{ kind: "diariser", label: t("diariserModel"), engines: data.engines }}
        {...{ engine: diariser, value: diariserModel }}
        onChoose={(name) => onChange({ diariserModel: name })}
      />
      {canTranslate(data.engines, transcriber, transcriberModel) && (
        <CheckField
          label={t("translate")}
          checked={wishes.translate}
          onChange={(translate) => onChange({ translate })}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  kind: Engine["kind"];
  label: string;
  engines: readonly Engine[];
  value: string;
  onChoose: (name: string) => void;
}

function EngineField({ kind, label, engines, value, onChoose }: ChoiceProps) {
  const t = useTranslations("upload.engines");
  const mine = engines.filter((engine) => engine.kind === kind);
  const unready = mine.find((engine) => !engine.ready && engine.reason);
  return (
    <Field label={label} hint={unready && t("unready", { name: unready.name, reason: unready.reason ?? "" })}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChoose(event.target.value)}>
          <option value="">{t("own")}</option>
          {mine.map(({ name, ready }) => (
            <option key={name} value={name} disabled={!ready}>
              {ready ? name : t("notReady", { name })}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function ModelField({ kind, label, engines, engine, value, onChoose }: ChoiceProps & { engine: string }) {
  const t = useTranslations("upload.engines");
  return (
    <Field label={label}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChoose(event.target.value)}>
          <option value="">{t("own")}</option>
          {modelsOf(engines, kind, engine).map(({ name, ready }) => (
            <option key={name} value={name} disabled={!ready}>
              {ready ? name : t("notReady", { name })}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
