"use client";

import { WifiOffIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";

import { Mark } from "@/components/shell/mark";
import { Button } from "@/components/ui/button";

const LOOK_AGAIN_MS = 10_000;

/** What the service worker shows where a page should be and the server cannot be reached. */
export function OfflinePage() {
  const t = useTranslations("offline");
  const common = useTranslations("common");
  useEffect(() => {
    if (window.location.pathname === "/offline") {
      return;
    }
    const lookAgain = () => void reloadOnceReachable();
    const timer = setInterval(lookAgain, LOOK_AGAIN_MS);
    window.addEventListener("online", lookAgain);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", lookAgain);
    };
  }, []);
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <main className="flex w-full max-w-md flex-col gap-5">
        <p className="flex items-center gap-3 font-serif text-xl font-semibold">
          <Mark className="size-8" />
          {common("productName")}
        </p>
        <h1 className="flex items-center gap-3 text-3xl">
          <WifiOffIcon aria-hidden className="size-7 shrink-0 text-ink-faint" />
          {t("title")}
        </h1>
        <p className="text-ink-soft">{t("explanation")}</p>
        <p className="text-ink-soft">{t("safe")}</p>
        <Button look="primary" size="large" className="self-start" onClick={() => window.location.reload()}>
          {t("retry")}
        </Button>
      </main>
    </div>
  );
}

async function reloadOnceReachable() {
  const answer = await fetch("/api/v1/health/live", { cache: "no-store" }).catch(() => null);
  if (answer) {
    window.location.reload();
  }
}
