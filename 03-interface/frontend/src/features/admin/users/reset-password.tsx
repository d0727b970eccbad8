"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";

import { useChangeUser, type UserDetail } from "../data/users";
import { Section } from "../frame/section";
import { newPassword } from "./password";
import { PasswordOnce } from "./password-once";

/** A new password for somebody who has none any more; it signs the account out everywhere. */
export function ResetPassword({ user }: { user: UserDetail }) {
  const t = useTranslations("admin");
  const [asking, setAsking] = useState(false);
  const [password, setPassword] = useState("");
  const reset = useChangeUser(user.id);

  function confirm() {
    const made = newPassword();
    reset.mutate(
      { password: made },
      {
        onSuccess: () => {
          setAsking(false);
          setPassword(made);
        },
      },
    );
  }

  return (
    <Section title={t("reset.title")} hint={t("reset.hint")}>
      <Button
        className="self-start"
        onClick={() => {
          reset.reset();
          setAsking(true);
        }}
      >
        {t("reset.action")}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("reset.confirmTitle", { name: user.name || user.email })}
        description={t("reset.confirmText")}
        action={t("reset.action")}
        onConfirm={confirm}
        pending={reset.isPending}
        error={reset.error}
      />
      <Dialog
        open={password !== ""}
        onOpenChange={() => setPassword("")}
        title={t("reset.doneTitle")}
        description={t("password.text")}
        insistent
      >
        <PasswordOnce email={user.email} password={password} onDone={() => setPassword("")} />
      </Dialog>
    </Section>
  );
}
