"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import { answer, api, type Schemas } from "@/api/client";
import type { Me } from "@/api/me";
import { Problem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { textOf } from "@/lib/form";
import { SHORTEST_PASSWORD } from "@/lib/password";
import { useCountdown } from "@/lib/use-countdown";

import { beginSession } from "./begin-session";
import { Refusal } from "./refusal";

interface WelcomeFormProps {
  /** From the link; where there is none, or it is wrong, it is asked for. */
  code: string;
  onSignedIn: (me: Me) => void;
}

export function WelcomeForm({ code, onSignedIn }: WelcomeFormProps) {
  const t = useTranslations("session.welcome");
  const common = useTranslations("common");
  const [asksForCode, setAsksForCode] = useState(!code);
  const [secondsLeft, wait] = useCountdown();
  const setUp = useMutation({
    mutationFn: (body: Schemas["SetupCreate"]) => answer(api.POST("/api/v1/setup", { body })),
    onSuccess: (session) => onSignedIn(beginSession(session)),
    onError: (error) => {
      if (error instanceof Problem) {
        wait(error.retryAfterSeconds ?? 0);
        setAsksForCode((asks) => asks || error.code === "SETUP_CODE_WRONG");
      }
    },
  });

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setUp.mutate({
      name: textOf(form, "name"),
      email: textOf(form, "email"),
      password: textOf(form, "password"),
      code: asksForCode ? textOf(form, "code") : code,
    });
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {setUp.error && <Refusal error={setUp.error} secondsLeft={secondsLeft} />}
      {asksForCode && (
        <Field label={t("code")} hint={t("codeHint")}>
          {(ids) => (
            <Input
              {...ids}
              name="code"
              required
              defaultValue={code}
              autoComplete="off"
              spellCheck={false}
              autoCapitalize="none"
              className="font-mono"
            />
          )}
        </Field>
      )}
      <Field label={`${t("name")} (${common("optional")})`}>
        {(ids) => <Input {...ids} name="name" autoComplete="name" maxLength={200} autoFocus={!!code} />}
      </Field>
      <Field label={t("email")} hint={t("emailHint")}>
        {(ids) => <Input {...ids} name="email" type="email" autoComplete="username" required />}
      </Field>
      <Field label={t("password")} hint={t("passwordHint", { least: SHORTEST_PASSWORD })}>
        {(ids) => (
          <PasswordInput
            {...ids}
            name="password"
            autoComplete="new-password"
            required
            minLength={SHORTEST_PASSWORD}
          />
        )}
      </Field>
      <Button look="primary" size="large" type="submit" disabled={setUp.isPending || secondsLeft > 0}>
        {setUp.isPending ? t("making") : t("make")}
      </Button>
    </form>
  );
}
