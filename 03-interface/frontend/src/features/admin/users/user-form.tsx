"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useId, useState } from "react";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

import { useChangeUser, type UserChange, type UserDetail } from "../data/users";
import { RoleField } from "./role-field";

/** Name, role, and whether the account can sign in; one's own role and switch are another's to change. */
export function UserForm({ user, isMe }: { user: UserDetail; isMe: boolean }) {
  const t = useTranslations("admin");
  const common = useTranslations("common");
  const id = useId();
  const [edited, setEdited] = useState<UserChange>({});
  const save = useChangeUser(user.id);
  const { name, role, active } = { name: user.name, role: user.role, active: user.active, ...edited };
  const change: UserChange = {
    ...(name === user.name ? {} : { name: name ?? "" }),
    ...(role === user.role ? {} : { role }),
    ...(active === user.active ? {} : { active }),
  };
  const changed = Object.keys(change).length > 0;

  function edit(fields: UserChange) {
    save.reset();
    setEdited({ ...edited, ...fields });
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    save.mutate(change, { onSuccess: () => setEdited({}) });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <Field label={t("users.name")}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={200}
            autoComplete="off"
            value={name ?? ""}
            onChange={(event) => edit({ name: event.target.value })}
          />
        )}
      </Field>
      {isMe ? (
        <p className="text-sm text-ink-soft">{t("user.own", { role: t(`roles.${user.role}`) })}</p>
      ) : (
        <>
          <RoleField role={role ?? user.role} onChange={(chosen) => edit({ role: chosen })} />
          <div className="flex items-center gap-3">
            <Switch id={id} checked={active ?? false} onCheckedChange={(on) => edit({ active: on })} />
            <div className="text-sm">
              <label htmlFor={id}>{t("user.active")}</label>
              <p className="text-[0.8125rem] text-ink-faint">{t("user.activeHint")}</p>
            </div>
          </div>
        </>
      )}
      {save.error && <ProblemNotice error={save.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={!changed || save.isPending}>
          {save.isPending ? t("saving.pending") : common("save")}
        </Button>
        <p role="status" className="text-sm text-ink-soft">
          {changed ? t("saving.changed") : save.isSuccess ? t("saving.saved") : ""}
        </p>
      </div>
    </form>
  );
}
