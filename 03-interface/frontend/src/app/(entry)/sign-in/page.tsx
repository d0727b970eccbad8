import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { SignInPage } from "@/features/session/sign-in-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("session"))("signIn") };
}

export default function Page() {
  return <SignInPage />;
}
