import { useTranslations } from "next-intl";

import { Skeleton } from "@/components/ui/skeleton";

/** The app's frame, while it is found out who is there. */
export function FrameSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")}>
      <div className="border-b border-line">
        <div className="mx-auto flex h-14 max-w-7xl items-center gap-6 px-3 sm:px-6">
          <Skeleton className="size-7" />
          <Skeleton className="h-5 w-64 max-sm:hidden" />
          <Skeleton className="ml-auto h-8 w-36" />
        </div>
      </div>
      <div className="mx-auto flex max-w-7xl flex-col gap-6 px-3 pt-6 sm:px-6">
        <Skeleton className="h-9 w-56" />
        <Skeleton className="h-24" />
        <Skeleton className="h-64" />
      </div>
    </div>
  );
}
