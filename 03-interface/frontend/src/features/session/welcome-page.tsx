"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";

import { useEnter } from "./use-enter";
import { useSetup } from "./use-setup";
import { WelcomeForm } from "./welcome-form";

/** The first page of a new server: its administrator. */
export function WelcomePage() {
  const t = useTranslations("session.welcome");
  const code = useSearchParams().get("code") ?? "";
  const enter = useEnter();
  const setup = useSetup();

  if (setup.data?.needed === false) {
    return (
      <>
        <h1 className="text-3xl">{t("doneTitle")}</h1>
        <p className="text-ink-soft">{t("doneText")}</p>
        <Button asChild look="primary" size="large">
          <Link href="/sign-in">{t("toSignIn")}</Link>
        </Button>
      </>
    );
  }
  return (
    <>
      <div className="flex flex-col gap-3">
        <h1 className="text-3xl">{t("title")}</h1>
        <p className="text-ink-soft">{t("text")}</p>
      </div>
      {setup.data && <WelcomeForm code={code} onSignedIn={(me) => enter(me, "/")} />}
      {setup.error && <ProblemNotice error={setup.error} onRetry={() => void setup.refetch()} />}
      {setup.isPending && <FormSkeleton />}
    </>
  );
}

function FormSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className="flex flex-col gap-5">
      {["name", "email", "password", "button"].map((field) => (
        <Skeleton key={field} className="h-11" />
      ))}
    </div>
  );
}
