"use client";

import { useTranslations } from "next-intl";

import { ENDED, type Meeting } from "@/api/meetings";

import { headlineOf } from "./stages";

/** Tells who cannot see the page what has become of the meeting meanwhile; failures tell of themselves. */
export function Announcement({ meeting }: { meeting: Meeting }) {
  const t = useTranslations("meeting.processing");
  return (
    <p role="status" className="sr-only">
      {ENDED.has(meeting.status)
        ? meeting.status === "COMPLETED" && t("ready")
        : t(`headlines.${headlineOf(meeting)}.title`)}
    </p>
  );
}
