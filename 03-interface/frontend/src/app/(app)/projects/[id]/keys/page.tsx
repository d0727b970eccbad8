import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { KeysPanel } from "@/features/projects/keys/keys-panel";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects"))("pages.keys") };
}

export default function Page() {
  return <KeysPanel />;
}
