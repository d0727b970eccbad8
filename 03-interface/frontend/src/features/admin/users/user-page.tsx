"use client";

import { ChevronLeftIcon, UserXIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

import { useMe } from "@/api/me";
import { Problem } from "@/api/problem";
import { Empty } from "@/components/state/empty";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { Skeleton } from "@/components/ui/skeleton";

import { type UserDetail, useUser } from "../data/users";
import { DeleteUser } from "./delete-user";
import { ResetPassword } from "./reset-password";
import { UserForm } from "./user-form";
import { UserLimits } from "./user-limits";

/** One account: who it is, what it may do and use, a new password, its end. */
export function UserPage({ id }: { id: string }) {
  const t = useTranslations("admin");
  const { data: user, error, isPending, refetch } = useUser(id);
  return (
    <div className="flex flex-col gap-6">
      <Link
        href="/admin/users"
        className="flex w-fit items-center gap-1 text-sm text-ink-soft hover:text-ink hover:underline"
      >
        <ChevronLeftIcon aria-hidden className="size-4" />
        {t("pages.users")}
      </Link>
      {isPending && <Skeleton className="h-80 w-full max-w-2xl" />}
      {error instanceof Problem && (error.status === 404 || error.status === 422) && (
        <Empty icon={UserXIcon} title={t("user.missingTitle")}>
          {t("user.missingText")}
        </Empty>
      )}
      {error && !(error instanceof Problem && (error.status === 404 || error.status === 422)) && (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      )}
      {user && <Account user={user} />}
    </div>
  );
}

function Account({ user }: { user: UserDetail }) {
  const t = useTranslations("admin");
  const isMe = useMe().data?.id === user.id;
  return (
    <div className="flex max-w-2xl flex-col gap-10">
      <div className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-2xl break-all">{user.name || user.email}</h2>
          {isMe && <Badge tone="accent">{t("users.you")}</Badge>}
          {!user.active && <Badge tone="warn">{t("users.off")}</Badge>}
        </div>
        <p className="text-sm break-all text-ink-soft">
          {user.name && `${user.email} · `}
          {t.rich("user.made", { when: () => <Moment at={user.created_at} /> })}
        </p>
      </div>
      <UserForm user={user} isMe={isMe} />
      <UserLimits user={user} />
      {!isMe && <ResetPassword user={user} />}
      {!isMe && <DeleteUser user={user} />}
    </div>
  );
}
