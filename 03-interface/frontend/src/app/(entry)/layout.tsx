import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Mark } from "@/components/shell/mark";
import { LanguageLinks } from "@/features/session/language-links";

/** The pages before the sign-in: one column, the product's name above, the languages below. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  return (
    <div className="flex min-h-dvh flex-col items-center gap-10 px-4 py-10">
      <main className="flex w-full max-w-sm flex-1 flex-col gap-8 sm:justify-center">
        <p className="flex items-center gap-3 font-serif text-xl font-semibold">
          <Mark className="size-8" />
          {t("productName")}
        </p>
        {children}
      </main>
      <LanguageLinks />
    </div>
  );
}
