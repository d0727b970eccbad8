"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useRef } from "react";
import { toast } from "sonner";

import { api, type Schemas } from "@/api/client";
import { useMe } from "@/api/me";
import { Problem } from "@/api/problem";
import { ProblemNotice } from "@/components/state/problem-notice";
import { useProblemWords } from "@/components/state/problem-words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { textOf } from "@/lib/form";
import { SHORTEST_PASSWORD } from "@/lib/password";
import { useCountdown } from "@/lib/use-countdown";

import { SESSIONS } from "./sessions/use-sessions";

/** A new password, for whoever knows the old one; all other sessions end. */
export function PasswordForm() {
  const t = useTranslations("settings.password");
  const client = useQueryClient();
  const words = useProblemWords();
  const { data: me } = useMe();
  const form = useRef<HTMLFormElement>(null);
  const [secondsLeft, wait] = useCountdown();
  const change = useMutation({
    mutationFn: (body: Schemas["PasswordChange"]) => api.POST("/api/v1/auth/change-password", { body }),
    onSuccess: () => {
      form.current?.reset();
      toast.success(t("saved"));
      void client.invalidateQueries({ queryKey: SESSIONS });
    },
    onError: (error) => wait((error instanceof Problem && error.retryAfterSeconds) || 0),
  });
  const wrong = change.error instanceof Problem && change.error.code === "WRONG_PASSWORD";

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const { currentTarget } = event;
    change.mutate({
      current_password: textOf(currentTarget, "current"),
      new_password: textOf(currentTarget, "new"),
    });
  }

  return (
    <form ref={form} onSubmit={submit} className="flex max-w-md flex-col gap-4">
      {change.error && !wrong && <ProblemNotice error={change.error} />}
      <input type="email" autoComplete="username" defaultValue={me?.email} hidden />
      <Field label={t("current")} error={wrong ? words(change.error).title : undefined}>
        {(ids) => <PasswordInput {...ids} name="current" autoComplete="current-password" required />}
      </Field>
      <Field label={t("new")} hint={t("newHint", { least: SHORTEST_PASSWORD })}>
        {(ids) => (
          <PasswordInput
            {...ids}
            name="new"
            autoComplete="new-password"
            required
            minLength={SHORTEST_PASSWORD}
          />
        )}
      </Field>
      <Button
        type="submit"
        look="primary"
        className="self-start tabular-nums"
        disabled={change.isPending || secondsLeft > 0}
      >
        {secondsLeft > 0 ? t("wait", { seconds: secondsLeft }) : t("change")}
      </Button>
    </form>
  );
}
