"use client";

import { useTranslations } from "next-intl";
import { Toaster as Sonner } from "sonner";

/** Where short messages appear; call `toast` of the package sonner to say one. */
export function Toaster() {
  const t = useTranslations("common");
  return (
    <Sonner
      position="bottom-center"
      mobileOffset={{ bottom: "calc(4.5rem + env(safe-area-inset-bottom))" }}
      containerAriaLabel={t("notifications")}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-lg border border-line bg-raised px-4 py-3 font-sans text-sm text-ink shadow-high",
          description: "text-ink-soft",
          actionButton: "ml-auto shrink-0 rounded-md px-2 py-1 font-medium text-accent hover:bg-hover",
          error: "border-danger",
        },
      }}
    />
  );
}
