"use client";

import "./globals.css";

import enShell from "@messages/en/shell.json";
import frShell from "@messages/fr/shell.json";
import { NextIntlClientProvider } from "next-intl";

import { Broken } from "@/components/state/broken";
import { type Locale, LOCALE_COOKIE } from "@/i18n/locales";
import { asTheme, THEME_COOKIE } from "@/lib/theme";

const SHELL = { en: enShell, fr: frShell };

/** Not even the frame could be drawn: a document of its own, with its own words. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const locale: Locale = /^fr\b/.test(cookie(LOCALE_COOKIE) ?? browserLanguage()) ? "fr" : "en";
  return (
    <html lang={locale} data-theme={asTheme(cookie(THEME_COOKIE))}>
      <body>
        <NextIntlClientProvider locale={locale} messages={{ shell: SHELL[locale] }}>
          <main className="flex min-h-dvh items-center justify-center">
            <Broken error={error} onRetry={retry} />
          </main>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

function browserLanguage(): string {
  return typeof navigator === "undefined" ? "en" : navigator.language;
}

function cookie(name: string): string | undefined {
  const all = typeof document === "undefined" ? "" : document.cookie;
  const found = all.split("; ").find((one) => one.startsWith(`${name}=`));
  return found && decodeURIComponent(found.slice(name.length + 1));
}
