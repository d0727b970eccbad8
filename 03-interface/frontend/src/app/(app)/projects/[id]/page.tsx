import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { GeneralPanel } from "@/features/projects/general/general-panel";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects"))("pages.general") };
}

export default function Page() {
  return <GeneralPanel />;
}
