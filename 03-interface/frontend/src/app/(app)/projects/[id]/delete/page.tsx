import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { DeletePanel } from "@/features/projects/removal/delete-panel";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects"))("pages.delete") };
}

export default function Page() {
  return <DeletePanel />;
}
