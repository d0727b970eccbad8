"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef } from "react";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";

interface LoadMoreProps {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: Error | null;
    fetchNextPage: () => Promise<unknown>;
  };
}

/** Loads the next page a little before one gets there; it is a button for whoever gets there otherwise. */
export function LoadMore({ query }: LoadMoreProps) {
  const t = useTranslations("meetings.list");
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } = query;
  const near = useEffectEvent(() => {
    if (!isFetchingNextPage && !isFetchNextPageError) {
      void fetchNextPage();
    }
  });

  useEffect(() => {
    if (!hasNextPage || !end.current) {
      return;
    }
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && near(), {
      rootMargin: "800px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage]);

  return (
    hasNextPage && (
      <div ref={end} className="flex justify-center py-6">
        {isFetchNextPageError ? (
          <ProblemNotice error={error} onRetry={() => void fetchNextPage()} />
        ) : (
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchingNextPage ? t("loadingMore") : t("more")}
          </Button>
        )}
      </div>
    )
  );
}
