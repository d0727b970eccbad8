import { CompassIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";

import { Empty } from "@/components/state/empty";
import { Button } from "@/components/ui/button";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell"))("notFound.title") };
}

/** There is no page at this address. */
export default async function NotFound() {
  const t = await getTranslations("shell");
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <main>
        <Empty
          heading="h1"
          icon={CompassIcon}
          title={t("notFound.title")}
          action={
            <Button asChild look="primary">
              <Link href="/">{t("notFound.home")}</Link>
            </Button>
          }
        >
          {t("notFound.text")}
        </Empty>
      </main>
    </div>
  );
}
