import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { MeetingPage } from "@/features/meeting/meeting-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("meeting"))("meeting") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <MeetingPage id={(await params).id} />;
}
