"use client";

import { ArrowLeftIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

import type { Meeting } from "@/api/meetings";

import { Facts } from "./facts";
import { MeetingActions } from "./meeting-actions";
import { Tags } from "./tags";
import { TitleField } from "./title-field";
import type { Rights } from "./use-rights";

interface HeaderProps {
  meeting: Meeting;
  rights: Rights;
  onAbout: () => void;
}

/** What the meeting is, and what can be done with it. */
export function Header({ meeting, rights, onAbout }: HeaderProps) {
  const t = useTranslations("meeting.header");
  return (
    <header className="flex flex-col gap-3 pb-4">
      <Link
        href="/"
        className="flex w-fit items-center gap-1.5 rounded-sm text-[0.8125rem] text-ink-faint hover:text-ink"
      >
        <ArrowLeftIcon aria-hidden className="size-3.5" />
        {t("back")}
      </Link>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3 sm:flex-nowrap">
        <div className="min-w-0 basis-full sm:flex-1 sm:basis-auto">
          <TitleField meeting={meeting} readOnly={!rights.edit} />
        </div>
        <MeetingActions meeting={meeting} rights={rights} onAbout={onAbout} />
      </div>
      <Facts meeting={meeting} project={rights.project} />
      <Tags meeting={meeting} readOnly={!rights.edit} />
    </header>
  );
}
