import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { UsagePanel } from "@/features/projects/usage/usage-panel";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects"))("pages.usage") };
}

export default function Page() {
  return <UsagePanel />;
}
