"use client";

import { useTranslations } from "next-intl";

import type { Engine } from "@/api/engines";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";

interface EngineFieldProps {
  label: string;
  engines: readonly Engine[];
  value: string;
  onChange: (name: string) => void;
}

export function EngineField({ label, engines, value, onChange }: EngineFieldProps) {
  const t = useTranslations("projects");
  const chosen = engines.find(({ name }) => name === value);
  const usual = engines.find((engine) => engine.default)?.name;
  const hint =
    value && !chosen ? t("engines.unknown") : (chosen?.ready === false && chosen.reason) || undefined;
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <Choice {...ids} value={value} onChange={onChange} things={engines}>
          {usual ? t("engines.usual", { name: usual }) : t("engines.instance")}
        </Choice>
      )}
    </Field>
  );
}

interface ModelFieldProps {
  engine: Engine | undefined;
  value: string;
  onChange: (name: string) => void;
}

/** The models of the engine that was chosen; there is nothing to choose while none was. */
export function ModelField({ engine, value, onChange }: ModelFieldProps) {
  const t = useTranslations("projects");
  if (!engine && !value) {
    return null;
  }
  const models = engine?.models ?? [];
  const chosen = models.find(({ name }) => name === value);
  const usual = models.find((model) => model.default)?.name;
  const hint =
    value && !chosen ? t("engines.unknownModel") : (chosen?.ready === false && chosen.reason) || undefined;
  return (
    <Field label={t("engines.model")} hint={hint}>
      {(ids) => (
        <Choice {...ids} value={value} onChange={onChange} things={models}>
          {usual ? t("engines.usual", { name: usual }) : t("engines.instance")}
        </Choice>
      )}
    </Field>
  );
}

interface ChoiceProps {
  id: string;
  "aria-describedby"?: string;
  value: string;
  onChange: (name: string) => void;
  things: readonly { name: string; ready: boolean }[];
  /** What choosing nothing means. */
  children: string;
}

function Choice({ value, onChange, things, children, ...ids }: ChoiceProps) {
  const t = useTranslations("projects");
  return (
    <Select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{children}</option>
      {value && !things.some(({ name }) => name === value) && <option value={value}>{value}</option>}
      {things.map(({ name, ready }) => (
        <option key={name} value={name}>
          {ready ? name : t("engines.notReady", { name })}
        </option>
      ))}
    </Select>
  );
}
