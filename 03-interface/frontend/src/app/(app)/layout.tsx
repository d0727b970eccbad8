import type { ReactNode } from "react";

import { LiveProvider } from "@/api/live";
import { Shell } from "@/components/shell/shell";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { SessionGate } from "@/features/session/session-gate";
import { UploadsProvider } from "@/features/upload/uploads-provider";

/** Everything behind the sign-in. */
export default function AppLayout({ children }: { children: ReactNode }) {
  return (
    <TooltipProvider delayDuration={400}>
      <SessionGate>
        <LiveProvider>
          <UploadsProvider>
            <Shell>{children}</Shell>
          </UploadsProvider>
        </LiveProvider>
      </SessionGate>
      <Toaster />
    </TooltipProvider>
  );
}
