"use client";

import { useTranslations } from "next-intl";

import { AuditLog } from "@/components/audit/audit-log";

import { useUsers } from "../data/users";

/** Who did what on the whole instance. */
export function AuditPage() {
  const t = useTranslations("admin");
  const people = useUsers().data?.map((user) => ({ id: user.id, name: user.name || user.email }));
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-2xl text-sm text-ink-soft">{t("audit.intro")}</p>
      <AuditLog people={people} />
    </div>
  );
}
