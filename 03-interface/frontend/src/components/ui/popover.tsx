"use client";

import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

interface PopoverProps {
  trigger: ReactNode;
  /** What screen readers call it. */
  label?: string;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: "start" | "center" | "end";
  className?: string;
}

/** A small window beside its trigger, a single element such as a Button. */
export function Popover(props: PopoverProps) {
  const { trigger, label, children, open, onOpenChange, align = "start", className } = props;
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            "z-50 w-72 rounded-lg border border-line bg-raised p-4 text-sm shadow-high",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
