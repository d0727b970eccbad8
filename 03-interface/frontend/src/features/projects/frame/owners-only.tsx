"use client";

import { useTranslations } from "next-intl";

import { Notice } from "@/components/state/notice";

/** Why something can be read and not changed here, and who could. */
export function OwnersOnly({
  what,
}: {
  what: "general" | "glossary" | "members" | "retention" | "keys" | "activity";
}) {
  const t = useTranslations("projects");
  return <Notice title={t("ownersOnly.title")}>{t(`ownersOnly.${what}`)}</Notice>;
}
