import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { SystemPage } from "@/features/admin/system/system-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("pages.system") };
}

export default function Page() {
  return <SystemPage />;
}
