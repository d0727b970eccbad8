"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";

import { usePollingWhileAway } from "@/api/live";
import { useMeeting } from "@/api/meetings";
import { MeetingStatus } from "@/components/meeting/meeting-status";
import { Skeleton } from "@/components/ui/skeleton";

interface ArrivedMeetingProps {
  id: string;
  duplicates: readonly string[];
}

/** The meeting that an upload has become: how far it is, and the way to it. */
export function ArrivedMeeting({ id, duplicates }: ArrivedMeetingProps) {
  const t = useTranslations("upload.arrived");
  const meeting = useMeeting(id, usePollingWhileAway());
  const [first] = duplicates;
  return (
    <div className="flex flex-col gap-1.5 pt-1 text-[0.8125rem]">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1.5">
        {meeting.data ? <MeetingStatus meeting={meeting.data} /> : <Skeleton className="h-5 w-28" />}
        <Link href={`/meetings/${id}`} className="text-accent underline-offset-4 hover:underline">
          {t("open")}
        </Link>
      </div>
      {first && (
        <p className="text-ink-soft">
          {t.rich("duplicate", {
            count: duplicates.length,
            link: (words) => (
              <Link href={`/meetings/${first}`} className="text-accent underline-offset-4 hover:underline">
                {words}
              </Link>
            ),
          })}
        </p>
      )}
    </div>
  );
}
