"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import type { Schemas } from "@/api/client";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { CheckField } from "@/components/ui/check-field";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

import { type Scope, SCOPES } from "../data/keys";
import { NAME_LENGTH } from "../limits";
import { EXPIRIES, expiresAt, type Expiry, firstDay } from "./expiry";

interface NewKeyFormProps {
  onSubmit: (body: Schemas["KeyCreate"]) => void;
  onCancel: () => void;
  pending: boolean;
  error: unknown;
}

export function NewKeyForm({ onSubmit, onCancel, pending, error }: NewKeyFormProps) {
  const t = useTranslations("projects");
  const common = useTranslations("common");
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["read", "upload"]);
  const [expiry, setExpiry] = useState<Expiry>("90");
  const [day, setDay] = useState("");

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    onSubmit({ name: name.trim(), scopes: [...scopes], expires_at: expiresAt(expiry, day, new Date()) });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      {error !== null && <ProblemNotice error={error} />}
      <Field label={t("keys.name")} hint={t("keys.new.nameHint")}>
        {(ids) => (
          <Input
            {...ids}
            required
            autoFocus
            pattern=".*\S.*"
            maxLength={NAME_LENGTH}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <fieldset className="flex flex-col gap-3">
        <legend className="pb-2 text-sm font-medium">{t("keys.scopes")}</legend>
        {SCOPES.map((scope) => (
          <CheckField
            key={scope}
            label={t(`scopes.${scope}.name`)}
            hint={t(`scopes.${scope}.may`)}
            checked={scopes.includes(scope)}
            onChange={(wanted) =>
              setScopes(SCOPES.filter((one) => (one === scope ? wanted : scopes.includes(one))))
            }
          />
        ))}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("keys.expiry")}>
          {(ids) => (
            <Select {...ids} value={expiry} onChange={(event) => setExpiry(event.target.value as Expiry)}>
              {EXPIRIES.map((one) => (
                <option key={one} value={one}>
                  {t(`keys.expiries.${one}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {expiry === "date" && (
          <Field label={t("keys.new.day")}>
            {(ids) => (
              <Input
                {...ids}
                type="date"
                required
                min={firstDay(new Date())}
                value={day}
                onChange={(event) => setDay(event.target.value)}
              />
            )}
          </Field>
        )}
      </div>
      {scopes.length === 0 && (
        <p role="status" className="text-sm text-warn">
          {t("keys.new.noScope")}
        </p>
      )}
      <DialogActions>
        <Button onClick={onCancel}>{common("cancel")}</Button>
        <Button look="primary" type="submit" disabled={pending || scopes.length === 0}>
          {pending ? t("keys.new.making") : t("keys.new.make")}
        </Button>
      </DialogActions>
    </form>
  );
}
