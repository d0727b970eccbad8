import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { UsersPage } from "@/features/admin/users/users-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("pages.users") };
}

export default function Page() {
  return <UsersPage />;
}
