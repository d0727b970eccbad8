"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";

import type { Me } from "@/api/me";
import { onOtherTabs } from "@/api/other-tabs";
import { onSessionLost, regain } from "@/api/session";
import { signInAndBack } from "@/api/sign-out";
import { Dialog } from "@/components/ui/dialog";

import { SignInForm } from "./sign-in-form";

/**
 * Asks whose session has ended to sign in again, over the page as it is. Somebody else gets the page anew:
 * what it shows is not theirs.
 */
export function RenewalDialog({ me }: { me: Me }) {
  const t = useTranslations("session");
  const client = useQueryClient();
  const [ended, setEnded] = useState(false);

  const signedIn = useCallback(
    (id: string) => {
      if (id !== me.id) {
        window.location.reload();
        return;
      }
      setEnded(false);
      regain();
      void client.invalidateQueries();
    },
    [client, me.id],
  );

  useEffect(() => onSessionLost(() => setEnded(true)), []);

  useEffect(
    () =>
      onOtherTabs((said) => {
        if (said.type === "signed-in") {
          signedIn(said.user);
        } else {
          window.location.replace(signInAndBack());
        }
      }),
    [signedIn],
  );

  return (
    <Dialog
      open={ended}
      onOpenChange={setEnded}
      title={t("expiredTitle")}
      description={t("expiredText")}
      insistent
    >
      <SignInForm email={me.email} onSignedIn={({ id }) => signedIn(id)} />
    </Dialog>
  );
}
