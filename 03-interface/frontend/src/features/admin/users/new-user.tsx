"use client";

import { UserPlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

import { useCreateUser } from "../data/users";
import { NewUserForm } from "./new-user-form";
import { newPassword } from "./password";
import { PasswordOnce } from "./password-once";

/** A button and its dialog: who it is, then the password, this once. */
export function NewUser() {
  const t = useTranslations("admin");
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState("");
  const create = useCreateUser();
  const made = create.data;

  function show(shown: boolean) {
    setOpen(shown);
    setPassword(shown ? newPassword() : "");
    create.reset();
  }

  return (
    <>
      <Button look="primary" onClick={() => show(true)}>
        <UserPlusIcon aria-hidden />
        {t("users.new.open")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={show}
        title={made ? t("users.new.madeTitle", { email: made.email }) : t("users.new.open")}
        description={made ? t("password.text") : t("users.new.intro")}
        insistent={made !== undefined}
      >
        {made ? (
          <PasswordOnce email={made.email} password={password} onDone={() => show(false)} />
        ) : (
          <NewUserForm
            onSubmit={(user) => create.mutate({ ...user, password })}
            onCancel={() => show(false)}
            pending={create.isPending}
            error={create.error}
          />
        )}
      </Dialog>
    </>
  );
}
