import type { ComponentProps } from "react";

import { cn } from "@/lib/cn";

const FIELD =
  "w-full rounded-md border border-line-strong bg-raised px-3 text-ink placeholder:text-ink-faint disabled:opacity-60 aria-invalid:border-danger";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(FIELD, "h-9 text-sm", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cn(FIELD, "min-h-20 py-2 text-sm", className)} {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={cn(FIELD, "h-9 pr-8 text-sm", className)} {...rest} />;
}
