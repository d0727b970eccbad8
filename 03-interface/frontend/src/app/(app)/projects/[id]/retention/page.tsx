import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { RetentionPanel } from "@/features/projects/retention/retention-panel";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects"))("pages.retention") };
}

export default function Page() {
  return <RetentionPanel />;
}
