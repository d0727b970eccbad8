import { cn } from "@/lib/cn";

/** The place where something will be, while it is on its way; its parent says so to screen readers. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("animate-pulse rounded-md bg-hover", className)} />;
}
