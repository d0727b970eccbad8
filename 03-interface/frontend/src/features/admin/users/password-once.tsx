"use client";

import { useTranslations } from "next-intl";

import { Notice } from "@/components/state/notice";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogActions } from "@/components/ui/dialog";

interface PasswordOnceProps {
  email: string;
  password: string;
  onDone: () => void;
}

/** A generated password, for its owner, shown this once. */
export function PasswordOnce({ email, password, onDone }: PasswordOnceProps) {
  const t = useTranslations("admin");
  return (
    <div className="flex flex-col gap-4">
      <dl className="flex flex-col gap-3 rounded-lg border border-line bg-sunken p-4">
        <div>
          <dt className="text-xs text-ink-faint">{t("users.email")}</dt>
          <dd className="text-sm break-all select-all">{email}</dd>
        </div>
        <div className="flex flex-wrap items-end justify-between gap-3">
          <div className="min-w-0">
            <dt className="text-xs text-ink-faint">{t("password.label")}</dt>
            <dd className="font-mono text-base break-all select-all">{password}</dd>
          </div>
          <CopyButton look="primary" text={password} />
        </div>
      </dl>
      <Notice tone="warn">{t("password.warning")}</Notice>
      <DialogActions>
        <Button look="primary" onClick={onDone}>
          {t("password.done")}
        </Button>
      </DialogActions>
    </div>
  );
}
