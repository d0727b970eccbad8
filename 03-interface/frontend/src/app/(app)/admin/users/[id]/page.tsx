import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { UserPage } from "@/features/admin/users/user-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("user.title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <UserPage id={(await params).id} />;
}
