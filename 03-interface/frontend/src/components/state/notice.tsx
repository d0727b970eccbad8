import { CircleAlertIcon, InfoIcon, TriangleAlertIcon } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

const LOOKS = {
  info: { icon: InfoIcon, style: "border-line bg-sunken text-ink", mark: "text-ink-soft" },
  warn: { icon: TriangleAlertIcon, style: "border-line bg-warn-soft text-ink", mark: "text-warn" },
  danger: { icon: CircleAlertIcon, style: "border-line bg-danger-soft text-ink", mark: "text-danger" },
} as const;

interface NoticeProps {
  tone?: keyof typeof LOOKS;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** Something the reader should know, in its place on the page. */
export function Notice({ tone = "info", title, children, action, className }: NoticeProps) {
  const { icon: Icon, style, mark } = LOOKS[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cn("flex items-start gap-3 rounded-lg border px-4 py-3 text-sm", style, className)}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", mark)} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="break-words text-ink-soft">{children}</div>}
      </div>
      {action}
    </div>
  );
}
