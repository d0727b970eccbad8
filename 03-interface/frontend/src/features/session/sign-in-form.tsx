"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useRef } from "react";

import { answer, api } from "@/api/client";
import type { Me } from "@/api/me";
import { Problem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { textOf } from "@/lib/form";
import { useCountdown } from "@/lib/use-countdown";
import { useHydrated } from "@/lib/use-hydrated";

import { beginSession } from "./begin-session";
import { Refusal } from "./refusal";

interface SignInFormProps {
  /** Who it was before, when a session ended. */
  email?: string;
  onSignedIn: (me: Me) => void;
}

export function SignInForm({ email = "", onSignedIn }: SignInFormProps) {
  const t = useTranslations("session");
  const password = useRef<HTMLInputElement>(null);
  const hydrated = useHydrated();
  const [secondsLeft, wait] = useCountdown();
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      answer(api.POST("/api/v1/auth/login", { body })),
    onSuccess: (session) => onSignedIn(beginSession(session)),
    onError: (error) => {
      wait((error instanceof Problem && error.retryAfterSeconds) || 0);
      password.current?.select();
    },
  });

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    signIn.mutate({ email: textOf(form, "email"), password: textOf(form, "password") });
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {signIn.error && <Refusal error={signIn.error} secondsLeft={secondsLeft} />}
      <Field label={t("email")}>
        {(ids) => (
          <Input
            {...ids}
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={email}
            autoFocus={!email}
          />
        )}
      </Field>
      <Field label={t("password")}>
        {(ids) => (
          <PasswordInput
            {...ids}
            ref={password}
            name="password"
            autoComplete="current-password"
            required
            autoFocus={!!email}
          />
        )}
      </Field>
      <Button
        look="primary"
        size="large"
        type="submit"
        disabled={!hydrated || signIn.isPending || secondsLeft > 0}
        className="tabular-nums"
      >
        {signIn.isPending && t("signingIn")}
        {!signIn.isPending && (secondsLeft > 0 ? t("waitShort", { seconds: secondsLeft }) : t("signIn"))}
      </Button>
    </form>
  );
}
