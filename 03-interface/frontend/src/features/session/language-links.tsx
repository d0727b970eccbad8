"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { LANGUAGE_NAMES, LOCALE_COOKIE, LOCALES } from "@/i18n/locales";
import { remember } from "@/lib/theme";

/** The interface's languages, each called as it calls itself. */
export function LanguageLinks() {
  const t = useTranslations("session");
  const locale = useLocale();
  const router = useRouter();
  return (
    <nav aria-label={t("language")} className="flex gap-4">
      {LOCALES.map((one) => (
        <Button
          key={one}
          look="link"
          lang={one}
          aria-current={one === locale}
          className="text-[0.8125rem] text-ink-faint aria-[current=true]:text-ink"
          onClick={() => {
            remember(LOCALE_COOKIE, one);
            router.refresh();
          }}
        >
          {LANGUAGE_NAMES[one]}
        </Button>
      ))}
    </nav>
  );
}
