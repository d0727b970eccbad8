"use client";

import { LockIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

import { Empty } from "@/components/state/empty";
import { Button } from "@/components/ui/button";

/** Why one may not be here, and where one may. */
export function Forbidden({ operator }: { operator: boolean }) {
  const t = useTranslations("admin");
  return (
    <Empty
      heading="h1"
      icon={LockIcon}
      title={t("forbidden.title")}
      action={
        <>
          <Button asChild look="primary">
            <Link href="/">{t("forbidden.home")}</Link>
          </Button>
          {operator && (
            <Button asChild>
              <Link href="/admin">{t("forbidden.system")}</Link>
            </Button>
          )}
        </>
      }
    >
      {operator ? t("forbidden.operator") : t("forbidden.text")}
    </Empty>
  );
}
