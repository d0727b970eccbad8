"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { useMe } from "@/api/me";
import { TabLinks } from "@/components/ui/tab-links";

import { Forbidden } from "./forbidden";

const PAGES = [
  { href: "/admin", name: "system" },
  { href: "/admin/users", name: "users" },
  { href: "/admin/audit", name: "audit" },
] as const;

/** The pages of those who look after the instance; operators have the first of them only. */
export function AdminFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("admin");
  const path = usePathname();
  const { data: me } = useMe();
  if (!me) {
    return null;
  }
  const isAdmin = me.role === "admin";
  if (!isAdmin && (me.role === "viewer" || path !== "/admin")) {
    return <Forbidden operator={me.role === "operator"} />;
  }
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-3xl">{isAdmin ? t("title") : t("pages.system")}</h1>
      {isAdmin && (
        <TabLinks
          label={t("pages.label")}
          links={PAGES.map(({ href, name }) => ({ href, text: t(`pages.${name}`) }))}
        />
      )}
      {children}
    </div>
  );
}
