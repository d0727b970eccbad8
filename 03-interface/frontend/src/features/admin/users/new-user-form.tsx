"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

import type { UserRole } from "../data/users";
import { RoleField } from "./role-field";

interface NewUserFormProps {
  onSubmit: (user: { email: string; name: string; role: UserRole }) => void;
  onCancel: () => void;
  pending: boolean;
  error: unknown;
}

export function NewUserForm({ onSubmit, onCancel, pending, error }: NewUserFormProps) {
  const t = useTranslations("admin");
  const common = useTranslations("common");
  const [role, setRole] = useState<UserRole>("operator");

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    onSubmit({
      email: (fields.get("email") as string).trim(),
      name: (fields.get("name") as string).trim(),
      role,
    });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {error !== null && <ProblemNotice error={error} />}
      <Field label={t("users.email")}>
        {(ids) => (
          <Input {...ids} name="email" type="email" required autoFocus maxLength={254} autoComplete="off" />
        )}
      </Field>
      <Field label={`${t("users.name")} (${common("optional")})`}>
        {(ids) => <Input {...ids} name="name" maxLength={200} autoComplete="off" />}
      </Field>
      <RoleField role={role} onChange={setRole} />
      <DialogActions>
        <Button onClick={onCancel}>{common("cancel")}</Button>
        <Button look="primary" type="submit" disabled={pending}>
          {pending ? t("users.new.making") : t("users.new.make")}
        </Button>
      </DialogActions>
    </form>
  );
}
