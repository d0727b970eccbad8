"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";

import { useMe } from "@/api/me";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { Cell, Row, Rows } from "@/components/ui/rows";

import type { User } from "../data/users";

export function UserRows({ users }: { users: readonly User[] }) {
  const t = useTranslations("admin");
  const { data: me } = useMe();
  const headings = [
    { name: t("users.person") },
    { name: t("users.role") },
    { name: t("users.state") },
    { name: t("users.since") },
  ];
  return (
    <Rows label={t("pages.users")} headings={headings} columns="minmax(0,1fr) auto auto auto">
      {users.map((user) => (
        <Row key={user.id} className="group relative">
          <Cell>
            <div className="flex flex-wrap items-center gap-2">
              <Link
                href={`/admin/users/${user.id}`}
                className="font-medium break-all underline-offset-4 group-hover:underline after:absolute after:inset-0"
              >
                {user.name || user.email}
              </Link>
              {user.id === me?.id && <Badge tone="accent">{t("users.you")}</Badge>}
            </div>
            {user.name && <p className="break-all text-ink-soft">{user.email}</p>}
          </Cell>
          <Cell label={t("users.role")}>{t(`roles.${user.role}`)}</Cell>
          <Cell label={t("users.state")}>
            {user.active ? (
              <Badge tone="ok">{t("users.on")}</Badge>
            ) : (
              <Badge tone="warn">{t("users.off")}</Badge>
            )}
          </Cell>
          <Cell label={t("users.since")} className="whitespace-nowrap text-ink-soft">
            <Moment at={user.created_at} />
          </Cell>
        </Row>
      ))}
    </Rows>
  );
}
