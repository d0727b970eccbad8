import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ActivityPanel } from "@/features/projects/activity/activity-panel";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects"))("pages.activity") };
}

export default function Page() {
  return <ActivityPanel />;
}
