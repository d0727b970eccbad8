"use client";

import { CheckIcon, CopyIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { Button, type ButtonProps } from "./button";

const SHOWN_MS = 2_000;

interface CopyButtonProps extends Omit<ButtonProps, "onClick" | "children" | "asChild"> {
  text: string;
}

/** Puts a text onto the clipboard, and says so; not there where the browser keeps the clipboard to itself. */
export function CopyButton({ text, ...rest }: CopyButtonProps) {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  // Without TLS, browsers offer a clipboard on loopback only.
  if (typeof window === "undefined" || !window.isSecureContext) {
    return null;
  }
  return (
    <Button
      size="small"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      {...rest}
    >
      {copied ? <CheckIcon aria-hidden /> : <CopyIcon aria-hidden />}
      <span aria-live="polite">{copied ? t("copied") : t("copy")}</span>
    </Button>
  );
}
