import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { OfflinePage } from "@/components/state/offline-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("offline"))("title") };
}

export default function Page() {
  return <OfflinePage />;
}
