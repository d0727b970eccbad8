"use client";

import { useTranslations } from "next-intl";

import { ROLES } from "./standing";

/** What each role may do. */
export function RoleGuide() {
  const t = useTranslations("projects");
  return (
    <dl className="grid gap-x-6 gap-y-2 rounded-lg bg-sunken p-4 text-sm sm:grid-cols-[auto_minmax(0,1fr)]">
      {ROLES.map((role) => (
        <div key={role} className="contents">
          <dt className="font-medium">{t(`roles.${role}.name`)}</dt>
          <dd className="text-ink-soft">{t(`roles.${role}.may`)}</dd>
        </div>
      ))}
    </dl>
  );
}
