"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { startTransition, useOptimistic } from "react";

import { Segments } from "@/components/ui/segments";
import { LANGUAGE_NAMES, type Locale, LOCALE_COOKIE, LOCALES } from "@/i18n/locales";
import { applyTheme, remember, THEMES } from "@/lib/theme";

import { useTheme } from "./use-theme";

/** How this browser shows the app: its light and its language. */
export function Appearance() {
  const t = useTranslations("shell");
  const [locale, showLocale] = useOptimistic(useLocale());
  const router = useRouter();
  const theme = useTheme();

  function speak(chosen: Locale) {
    remember(LOCALE_COOKIE, chosen);
    startTransition(() => {
      showLocale(chosen);
      router.refresh();
    });
  }

  return (
    <div className="flex flex-wrap gap-x-10 gap-y-5">
      <Segments
        label={t("theme")}
        options={THEMES.map((one) => ({ value: one, label: t(`themes.${one}`) }))}
        value={theme}
        onChange={applyTheme}
      />
      <Segments
        label={t("language")}
        options={LOCALES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one], lang: one }))}
        value={locale}
        onChange={speak}
      />
    </div>
  );
}
