import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { GlossaryPanel } from "@/features/projects/glossary/glossary-panel";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects"))("pages.glossary") };
}

export default function Page() {
  return <GlossaryPanel />;
}
