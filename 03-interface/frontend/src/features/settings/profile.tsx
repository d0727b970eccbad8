"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { SubmitEvent } from "react";
import { toast } from "sonner";

import { answer, api } from "@/api/client";
import { ME, useMe } from "@/api/me";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { textOf } from "@/lib/form";

const LONGEST_NAME = 200;

/** What others see one called, and the account's address and role, which administrators change. */
export function Profile() {
  const t = useTranslations("settings.profile");
  const common = useTranslations("common");
  const client = useQueryClient();
  const { data: me } = useMe();
  const rename = useMutation({
    mutationFn: (name: string) => answer(api.PATCH("/api/v1/auth/me", { body: { name } })),
    onSuccess: (renamed) => {
      client.setQueryData(ME, renamed);
      toast.success(t("saved"));
    },
  });
  if (!me) {
    return null;
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    rename.mutate(textOf(event.currentTarget, "name"));
  }

  return (
    <>
      <form onSubmit={submit} className="flex max-w-md flex-col gap-4">
        {rename.error && <ProblemNotice error={rename.error} />}
        <Field label={t("name")} hint={t("nameHint")}>
          {(ids) => (
            <Input
              {...ids}
              key={me.name}
              name="name"
              autoComplete="name"
              maxLength={LONGEST_NAME}
              defaultValue={me.name}
            />
          )}
        </Field>
        <Button type="submit" look="primary" className="self-start" disabled={rename.isPending}>
          {common("save")}
        </Button>
      </form>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-6 gap-y-2 text-sm">
        <dt className="text-ink-faint">{t("email")}</dt>
        <dd className="break-words">{me.email}</dd>
        <dt className="text-ink-faint">{t("role")}</dt>
        <dd className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <Badge>{t(`roles.${me.role}`)}</Badge>
          <span className="text-ink-soft">{t(`roleMeans.${me.role}`)}</span>
        </dd>
      </dl>
    </>
  );
}
