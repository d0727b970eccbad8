import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { WelcomePage } from "@/features/session/welcome-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("session.welcome"))("title") };
}

export default function Page() {
  return <WelcomePage />;
}
