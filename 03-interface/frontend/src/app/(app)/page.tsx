import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { MeetingsPage } from "@/features/meetings/meetings-page";
import { SampleOffer } from "@/features/upload/sample-offer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("meetings"))("title") };
}

export default function Page() {
  return <MeetingsPage sample={<SampleOffer />} />;
}
