"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";

import { onOtherTabs } from "@/api/other-tabs";
import { insideOnly } from "@/lib/inside";

import { SignInForm } from "./sign-in-form";
import { useEnter } from "./use-enter";
import { useSetup } from "./use-setup";

/** Signing in, and back to where one wanted to go; a new server first wants its administrator. */
export function SignInPage() {
  const t = useTranslations("session");
  const router = useRouter();
  const next = useSearchParams().get("next");
  const enter = useEnter();
  const { data: setup } = useSetup();

  useEffect(() => {
    if (setup?.needed) {
      router.replace("/welcome");
    }
  }, [setup, router]);

  useEffect(
    () =>
      onOtherTabs(({ type }) => {
        if (type === "signed-in") {
          router.replace(insideOnly(next, window.location.origin));
        }
      }),
    [next, router],
  );

  return (
    <>
      <h1 className="text-3xl">{t("signIn")}</h1>
      <SignInForm onSignedIn={(me) => enter(me, insideOnly(next, window.location.origin))} />
      <p className="text-[0.8125rem] text-ink-faint">{t("forgotten")}</p>
    </>
  );
}
