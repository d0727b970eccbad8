"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";

import { Problem } from "@/api/problem";
import { Notice } from "@/components/state/notice";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";

import { useChangeUser, useDeleteUser, type UserDetail } from "../data/users";
import { Section } from "../frame/section";

/** The end of an account; where it has meetings or is somebody's last owner, what to do instead. */
export function DeleteUser({ user }: { user: UserDetail }) {
  const t = useTranslations("admin");
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const remove = useDeleteUser(user.id);
  const off = useChangeUser(user.id);
  const name = user.name || user.email;
  const hindrance = remove.error instanceof Problem ? hindranceOf(remove.error) : null;

  function confirm() {
    remove.mutate(undefined, {
      onSuccess: () => {
        toast(t("delete.done", { name }));
        router.replace("/admin/users");
      },
      onError: (error) => setAsking(!(error instanceof Problem && hindranceOf(error))),
    });
  }

  return (
    <Section title={t("delete.title")} hint={t("delete.hint")}>
      {hindrance && (
        <Notice
          tone="warn"
          title={t("delete.refused", { name })}
          action={
            user.active && (
              <Button size="small" disabled={off.isPending} onClick={() => off.mutate({ active: false })}>
                {t("delete.switchOff")}
              </Button>
            )
          }
        >
          {t(`delete.because.${hindrance}`, {
            count: Number((remove.error as Problem).detail["meetings"] ?? 0),
          })}
        </Notice>
      )}
      <Button
        look="danger"
        className="self-start"
        onClick={() => {
          remove.reset();
          setAsking(true);
        }}
      >
        {t("delete.action")}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("delete.confirmTitle", { name })}
        description={t("delete.confirmText")}
        action={t("delete.action")}
        onConfirm={confirm}
        pending={remove.isPending}
        error={remove.error}
      />
    </Section>
  );
}

/** What stands in the way, where it can be told better than by the error's own words. */
function hindranceOf({ code }: Problem): "meetings" | "lastOwner" | null {
  if (code === "USER_HAS_MEETINGS") {
    return "meetings";
  }
  return code === "LAST_OWNER" ? "lastOwner" : null;
}
