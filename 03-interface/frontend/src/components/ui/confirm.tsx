"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { ProblemNotice } from "@/components/state/problem-notice";

import { Button } from "./button";
import { Dialog, DialogActions } from "./dialog";

interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description: ReactNode;
  /** What the button says that does it. */
  action: ReactNode;
  onConfirm: () => void;
  pending: boolean;
  error?: unknown;
  children?: ReactNode;
}

/** Ask before something is done that cannot be undone; what goes wrong then is told in place. */
export function Confirm(props: ConfirmProps) {
  const t = useTranslations("common");
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={props.title}
      description={props.description}
    >
      {props.children}
      {props.error !== null && props.error !== undefined && <ProblemNotice error={props.error} />}
      <DialogActions>
        <Button onClick={() => props.onOpenChange(false)}>{t("cancel")}</Button>
        <Button look="danger" onClick={props.onConfirm} disabled={props.pending}>
          {props.action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
