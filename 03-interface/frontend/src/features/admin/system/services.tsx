"use client";

import { useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";
import type { Messages } from "@/i18n/messages";

import type { System } from "../data/system";
import { Section } from "../frame/section";

type Known = keyof Messages["admin"]["services"];

/** The servers that the gateway stands on. */
export function Services({ system }: { system: System }) {
  const t = useTranslations("admin");
  return (
    <Section title={t("system.services")}>
      <ul className="flex flex-col">
        {Object.entries(system.dependencies).map(([name, { up, problem }]) => (
          <li
            key={name}
            className="flex items-center justify-between gap-4 border-b border-line py-2.5 text-sm"
          >
            <div className="min-w-0">
              <p className="font-medium">
                {t.has(`services.${name as Known}`) ? t(`services.${name as Known}`) : name}
              </p>
              {problem && <p className="font-mono text-xs break-all text-ink-faint">{problem}</p>}
            </div>
            {up ? <Badge tone="ok">{t("system.up")}</Badge> : <Badge tone="danger">{t("system.down")}</Badge>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
