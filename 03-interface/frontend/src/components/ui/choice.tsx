"use client";

import { CheckIcon } from "lucide-react";
import { Checkbox as Box, Switch as Slide } from "radix-ui";
import type { ComponentProps } from "react";

import { cn } from "@/lib/cn";

export function Checkbox({ className, ...rest }: ComponentProps<typeof Box.Root>) {
  return (
    <Box.Root
      className={cn(
        "size-5 shrink-0 rounded border border-line-strong bg-raised data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
      {...rest}
    >
      <Box.Indicator className="flex items-center justify-center text-on-accent">
        <CheckIcon className="size-3.5" aria-hidden strokeWidth={3} />
      </Box.Indicator>
    </Box.Root>
  );
}

export function Switch({ className, ...rest }: ComponentProps<typeof Slide.Root>) {
  return (
    <Slide.Root
      className={cn(
        "h-6 w-10 shrink-0 rounded-full border border-line-strong bg-sunken p-0.5 transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
      {...rest}
    >
      <Slide.Thumb className="block size-4.5 rounded-full bg-ink-faint transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
    </Slide.Root>
  );
}
