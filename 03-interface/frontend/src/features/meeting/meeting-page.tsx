"use client";

import { SearchXIcon } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect } from "react";

import { usePollingWhileAway } from "@/api/live";
import { useMeeting } from "@/api/meetings";
import { Problem } from "@/api/problem";
import { Empty } from "@/components/state/empty";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";

import { MeetingSkeleton } from "./page/skeletons";

const loadView = () => import("./page/meeting-view").then(({ MeetingView }) => MeetingView);
const MeetingView = dynamic(loadView, { ssr: false, loading: MeetingSkeleton });

// The frame of the page does not wait for what draws the meeting; that comes while the gateway is asked.
if (typeof window !== "undefined") {
  void loadView();
}

/** One meeting, to read, hear and edit. */
export function MeetingPage({ id }: { id: string }) {
  const { data: meeting, error, refetch } = useMeeting(id);
  const polling = usePollingWhileAway();
  const name = meeting?.title;

  useEffect(() => {
    const timer = polling === false ? undefined : setInterval(() => void refetch(), polling);
    return () => clearInterval(timer);
  }, [polling, refetch]);

  useEffect(() => {
    if (name !== undefined) {
      document.title = document.title.replace(/^(.* · )?/, `${name} · `);
    }
  }, [name]);

  if (meeting) {
    return <MeetingView key={id} meeting={meeting} />;
  }
  if (error instanceof Problem && (error.status === 404 || error.status === 422)) {
    return <Missing />;
  }
  return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <MeetingSkeleton />;
}

function Missing() {
  const t = useTranslations("meeting.missingMeeting");
  return (
    <Empty
      icon={SearchXIcon}
      title={t("title")}
      action={
        <Button asChild look="primary">
          <Link href="/">{t("back")}</Link>
        </Button>
      }
    >
      {t("text")}
    </Empty>
  );
}
