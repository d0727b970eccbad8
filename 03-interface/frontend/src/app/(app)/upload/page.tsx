import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { UploadPage } from "@/features/upload/upload-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("upload"))("title") };
}

export default function Page() {
  return <UploadPage />;
}
