"use client";

import { AudioLinesIcon, ListXIcon, UploadIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";

import { useDeletion } from "@/api/deletion";
import { Empty } from "@/components/state/empty";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";

import { BulkBar } from "../bulk/bulk-bar";
import { useDeeds } from "../bulk/use-deeds";
import { useSelection } from "../bulk/use-selection";
import { countFilters, type Filters } from "../filters/filters";
import { ListSkeleton } from "./list-skeleton";
import { LoadMore } from "./load-more";
import { MeetingList } from "./meeting-list";
import { MeetingRow } from "./meeting-row";
import { useAllowed } from "./use-allowed";
import { useMeetingList } from "./use-meeting-list";

interface MeetingsProps {
  filters: Filters;
  onClear: () => void;
  sample: ReactNode;
}

/** The list with everything that can be done to what is in it. */
export function Meetings({ filters, onClear, sample }: MeetingsProps) {
  const t = useTranslations("meetings.list");
  const query = useMeetingList(filters);
  const { hidden } = useDeletion();
  const allowed = useAllowed();
  const { data } = query;
  const meetings = useMemo(
    () => data?.pages.flatMap((page) => page.items).filter(({ id }) => !hidden.has(id)) ?? [],
    [data, hidden],
  );
  const { selected, select, selectAll, clear } = useSelection(meetings);
  const { act, dialog } = useDeeds(allowed, clear);
  const ids = new Set(selected.map(({ id }) => id));

  if (!data) {
    return query.error ? (
      <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <ListSkeleton />
    );
  }
  if (meetings.length === 0 && !query.hasNextPage) {
    return countFilters(filters) > 0 ? (
      <Empty
        icon={ListXIcon}
        title={t("noneFit")}
        action={<Button onClick={onClear}>{t("showAll")}</Button>}
      />
    ) : (
      <NoMeetings sample={sample} />
    );
  }
  return (
    <div className={query.isPlaceholderData ? "opacity-60" : ""}>
      {query.error && !query.isFetchNextPageError && (
        <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
      )}
      {selected.length > 0 && (
        <BulkBar
          selected={selected}
          listed={meetings.length}
          allowed={allowed}
          onDeed={act}
          onSelectAll={selectAll}
          onClear={clear}
        />
      )}
      <MeetingList label={t("label")} meetings={meetings}>
        {(meeting) => (
          <MeetingRow
            meeting={meeting}
            allowed={allowed}
            selected={ids.has(meeting.id)}
            onSelect={(chosen) => select(meeting.id, chosen)}
            onDeed={act}
          />
        )}
      </MeetingList>
      <LoadMore query={query} />
      {dialog}
    </div>
  );
}

function NoMeetings({ sample }: { sample: ReactNode }) {
  const t = useTranslations("meetings.empty");
  return (
    <Empty
      icon={AudioLinesIcon}
      title={t("title")}
      action={
        <>
          <Button asChild look="primary">
            <Link href="/upload">
              <UploadIcon aria-hidden />
              {t("upload")}
            </Link>
          </Button>
          {sample}
        </>
      }
    >
      {t("text")}
    </Empty>
  );
}
