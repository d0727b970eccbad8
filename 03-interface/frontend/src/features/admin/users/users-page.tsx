"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";

import { useUsers } from "../data/users";
import { NewUser } from "./new-user";
import { found } from "./search";
import { UserRows } from "./user-rows";

/** Every account of the instance. */
export function UsersPage() {
  const t = useTranslations("admin");
  const { data: users, error, isPending, refetch } = useUsers();
  const [looked, setLooked] = useState("");
  const shown = found(users ?? [], looked);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <Input
          type="search"
          value={looked}
          onChange={(event) => setLooked(event.target.value)}
          placeholder={t("users.search")}
          aria-label={t("users.search")}
          className="sm:max-w-sm"
        />
        <p role="status" className="text-sm text-ink-soft tabular-nums">
          {users && t("users.count", { shown: shown.length, all: users.length })}
        </p>
        <div className="ml-auto">
          <NewUser />
        </div>
      </div>
      {isPending && <Skeleton className="h-64 w-full" />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {users && shown.length === 0 && (
        <p className="text-sm text-ink-soft">{t("users.nobodyFound", { looked })}</p>
      )}
      {shown.length > 0 && <UserRows users={shown} />}
    </div>
  );
}
