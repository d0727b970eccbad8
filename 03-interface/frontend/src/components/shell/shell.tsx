"use client";

import { AudioLinesIcon, FolderIcon, PlusIcon, SettingsIcon, ShieldIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { useConnection } from "@/api/live";
import { useMe } from "@/api/me";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";

import { AccountMenu } from "./account-menu";
import { Mark } from "./mark";

const PLACES = [
  { href: "/", name: "meetings", icon: AudioLinesIcon, readers: true },
  { href: "/projects", name: "projects", icon: FolderIcon, readers: true },
  { href: "/settings", name: "settings", icon: SettingsIcon, readers: true },
  { href: "/admin", name: "administration", icon: ShieldIcon, readers: false },
] as const;

/** The frame of every page: where one can go above (below, on a phone), the page in the middle. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const away = useConnection() === "away";
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only rounded-md bg-raised px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        {t("skip")}
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-paper">
        <div className="mx-auto flex h-14 max-w-7xl items-center gap-2 px-3 sm:gap-6 sm:px-6">
          <Link href="/" className="flex items-center gap-2.5 font-serif font-semibold">
            <Mark className="size-7" />
            <span className="sr-only lg:not-sr-only">Scribe</span>
          </Link>
          <Places className="hidden flex-1 items-center gap-1 sm:flex" />
          <div className="ml-auto flex items-center gap-2">
            <Button asChild look="primary" size="small">
              <Link href="/upload">
                <PlusIcon aria-hidden />
                {t("upload")}
              </Link>
            </Button>
            <AccountMenu />
          </div>
        </div>
        {away && (
          <p
            role="status"
            className="border-t border-line bg-warn-soft px-3 py-1.5 text-center text-[0.8125rem]"
          >
            {t("away")}
          </p>
        )}
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl flex-1 px-3 pt-6 pb-24 outline-none sm:px-6 sm:pb-12"
      >
        {children}
      </main>
      <Places
        className="fixed inset-x-0 bottom-0 z-30 flex justify-around border-t border-line bg-paper pb-[env(safe-area-inset-bottom)] sm:hidden"
        phone
      />
    </div>
  );
}

function Places({ className, phone = false }: { className: string; phone?: boolean }) {
  const t = useTranslations("shell");
  const path = usePathname();
  const { data: me } = useMe();
  const places = PLACES.filter((place) => place.readers || (me && me.role !== "viewer"));
  return (
    <nav aria-label={t("navigation")} className={className}>
      {places.map(({ href, name, icon: Icon }) => {
        const here = href === "/" ? path === "/" || path.startsWith("/meetings") : path.startsWith(href);
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? "page" : undefined}
            className={cn(
              "flex items-center gap-2 rounded-md text-sm text-ink-soft hover:text-ink aria-[current]:font-medium aria-[current]:text-ink",
              phone ? "flex-col gap-0.5 px-2 py-2 text-[0.6875rem]" : "px-3 py-1.5 hover:bg-hover",
            )}
          >
            <Icon aria-hidden className={phone ? "size-5" : "size-4"} />
            {t(name)}
          </Link>
        );
      })}
    </nav>
  );
}
