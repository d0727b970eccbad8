import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ProjectsPage } from "@/features/projects/list/projects-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects"))("list.title") };
}

export default function Page() {
  return <ProjectsPage />;
}
