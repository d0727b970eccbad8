"use client";

import { useTranslations } from "next-intl";

import { LimitsForm } from "@/components/usage/limits-form";

import { type UserDetail, useSetUserLimits } from "../data/users";
import { Section } from "../frame/section";

export function UserLimits({ user }: { user: UserDetail }) {
  const t = useTranslations("admin");
  const save = useSetUserLimits(user.id);
  return (
    <Section title={t("user.limits")} hint={t("user.limitsHint")}>
      <LimitsForm
        key={JSON.stringify(user.limits)}
        limits={user.limits}
        onSave={save.mutate}
        pending={save.isPending}
        saved={save.isSuccess}
        error={save.error}
      />
    </Section>
  );
}
