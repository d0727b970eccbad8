"use client";

import { CheckIcon, CircleUserRoundIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { useMe } from "@/api/me";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { LANGUAGE_NAMES, type Locale, LOCALE_COOKIE, LOCALES } from "@/i18n/locales";
import { applyTheme, asTheme, remember, type Theme, THEMES } from "@/lib/theme";

import { useSignOut } from "./use-sign-out";

/** Who is signed in, how the page looks and speaks, and the way out. */
export function AccountMenu() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const { data: me } = useMe();
  const signOut = useSignOut();
  const [theme, setTheme] = useState<Theme | null>(null);
  const shown =
    theme ??
    (typeof document === "undefined" ? "system" : asTheme(document.documentElement.dataset["theme"]));

  function choose(chosen: Theme) {
    applyTheme(chosen);
    setTheme(chosen);
  }

  function speak(chosen: Locale) {
    remember(LOCALE_COOKIE, chosen);
    router.refresh();
  }

  return (
    <Menu
      trigger={
        <Button look="quiet" size="icon" aria-label={t("account")}>
          <CircleUserRoundIcon aria-hidden className="size-5!" />
        </Button>
      }
    >
      <MenuLabel className="max-w-60 truncate">{me?.name || me?.email}</MenuLabel>
      <MenuSeparator />
      <MenuLabel>{t("theme")}</MenuLabel>
      {THEMES.map((one) => (
        <MenuItem key={one} onSelect={() => choose(one)}>
          <CheckIcon aria-hidden className={one === shown ? "" : "invisible"} />
          {t(`themes.${one}`)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuLabel>{t("language")}</MenuLabel>
      {LOCALES.map((one) => (
        <MenuItem key={one} lang={one} onSelect={() => speak(one)}>
          <CheckIcon aria-hidden className={one === locale ? "" : "invisible"} />
          {LANGUAGE_NAMES[one]}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={signOut}>{t("signOut")}</MenuItem>
    </Menu>
  );
}
