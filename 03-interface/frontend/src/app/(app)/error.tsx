"use client";

import { Broken } from "@/components/state/broken";

/** A page that could not be drawn; the frame around it still stands. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Broken error={error} onRetry={retry} />;
}
