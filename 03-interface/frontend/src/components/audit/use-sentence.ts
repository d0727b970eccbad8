"use client";

/** Records of the audit log in the reader's language. */
import { useLocale, useTranslations } from "next-intl";

import type { AuditRecord } from "@/api/audit";
import type { Messages } from "@/i18n/messages";

import type { Someone } from "./audit-log";
import { told, type Words } from "./sentence";

type Field = keyof Messages["admin"]["fields"];
type Role = keyof Messages["admin"]["roleNames"];

export function useSentence(people: readonly Someone[]) {
  const t = useTranslations("admin");
  const locale = useLocale();
  const words: Words = {
    person: (id) => people.find((one) => one.id === id)?.name ?? t("audit.somebody"),
    role: (role) => (t.has(`roleNames.${role as Role}`) ? t(`roleNames.${role as Role}`) : role),
    field: (field) => (t.has(`fields.${field as Field}`) ? t(`fields.${field as Field}`) : field),
    list: (parts) => new Intl.ListFormat(locale).format(parts),
  };

  function actor({ action, actor: name }: AuditRecord): string {
    if (name === "nobody") {
      return action.endsWith("_refused") ? t("audit.nobody") : t("audit.commandLine");
    }
    return name === "retention" ? t("audit.retention") : name;
  }

  function act(record: AuditRecord): string {
    const { key, values } = told(record, words);
    return t.has(`acts.${key}`) ? t(`acts.${key}`, values) : record.action;
  }

  return { actor, act };
}
