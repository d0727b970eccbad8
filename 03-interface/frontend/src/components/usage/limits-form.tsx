"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

import { LEAST, type Limits, LIMITS, limitsOf, typedOf, UNIT } from "./units";

interface LimitsFormProps {
  limits: Limits;
  onSave: (limits: Limits) => void;
  pending: boolean;
  saved: boolean;
  error: unknown;
}

/** The five limits of a project or an account; an empty field follows the instance. */
export function LimitsForm({ limits, onSave, pending, saved, error }: LimitsFormProps) {
  const t = useTranslations("projects");
  const common = useTranslations("common");
  const stored = typedOf(limits);
  const [edited, setEdited] = useState<Partial<typeof stored>>({});
  const typed = { ...stored, ...edited };
  const changed = LIMITS.some((name) => typed[name] !== stored[name]);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    onSave(limitsOf(typed));
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {LIMITS.map((name) => (
          <Field key={name} label={t(`limits.${name}`)}>
            {(ids) => (
              <Input
                {...ids}
                type="number"
                inputMode="decimal"
                min={LEAST[name] / UNIT[name]}
                step={UNIT[name] === 1 ? 1 : "any"}
                value={typed[name]}
                placeholder={t("limits.asInstance")}
                onChange={(event) => setEdited({ ...edited, [name]: event.target.value })}
                className="tabular-nums"
              />
            )}
          </Field>
        ))}
      </div>
      {error !== null && <ProblemNotice error={error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={!changed || pending}>
          {pending ? t("saving.pending") : common("save")}
        </Button>
        <p role="status" className="text-sm text-ink-soft">
          {changed ? t("saving.changed") : saved ? t("saving.saved") : ""}
        </p>
      </div>
    </form>
  );
}
