import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyProps {
  icon: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** h1 where this is all that the page says. */
  heading?: "h1" | "h2";
}

/** There is nothing here yet, why that is, and what to do about it. */
export function Empty({ icon: Icon, title, children, action, heading: Heading = "h2" }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-16 text-center">
      <Icon aria-hidden className="size-8 text-ink-faint" strokeWidth={1.5} />
      <Heading className="text-xl">{title}</Heading>
      {children && <div className="text-sm text-ink-soft">{children}</div>}
      {action && <div className="flex flex-wrap justify-center gap-2 pt-2">{action}</div>}
    </div>
  );
}
