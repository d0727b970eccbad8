import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { MembersPanel } from "@/features/projects/members/members-panel";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects"))("pages.members") };
}

export default function Page() {
  return <MembersPanel />;
}
