"use client";

import { ScrollTextIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import { useAudit } from "@/api/audit";
import { Empty } from "@/components/state/empty";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";

import { EVERYTHING, IN_PROJECTS } from "./acts";
import { AuditFilterBar } from "./filter-bar";
import { RecordList } from "./record-list";
import { asked, useFilters } from "./use-filters";

export interface Someone {
  id: string;
  name: string;
}

interface AuditLogProps {
  /** Left out: the whole instance. */
  project?: string;
  /** Those who can be chosen, and whose names are known. */
  people?: readonly Someone[] | undefined;
}

/** Who did what, the newest first, page by page. */
export function AuditLog({ project, people = [] }: AuditLogProps) {
  const t = useTranslations("admin");
  const [filters, change] = useFilters();
  const log = useAudit(project ?? null, asked(filters));
  const records = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex flex-col gap-5">
      <AuditFilterBar
        filters={filters}
        onChange={change}
        people={people}
        about={project ? IN_PROJECTS : EVERYTHING}
      />
      {log.isPending && <Skeleton className="h-64 w-full" />}
      {log.error && <ProblemNotice error={log.error} onRetry={() => void log.refetch()} />}
      {log.data && records.length === 0 && (
        <Empty icon={ScrollTextIcon} title={t("audit.emptyTitle")}>
          {t("audit.emptyText")}
        </Empty>
      )}
      {records.length > 0 && (
        <RecordList records={records} people={people} detailed={project === undefined} />
      )}
      {log.hasNextPage && (
        <Button
          className="self-center"
          disabled={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {log.isFetchingNextPage ? t("audit.loading") : t("audit.older")}
        </Button>
      )}
    </div>
  );
}
