"use client";

/** The cache of what the gateway said, and when it asks again. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { Problem } from "./problem";

const MOST_RETRIES = 3;
const FRESH_MS = 15_000;
const AGAIN_MS = 5_000;

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: FRESH_MS,
            networkMode: "always", // loopback answers although the browser says that it is offline
            retry: (failures, error) => mayPass(error) && failures < MOST_RETRIES,
            retryDelay: (failures, error) =>
              error instanceof Problem && error.retryAfterSeconds
                ? error.retryAfterSeconds * 1000
                : Math.min(1000 * 2 ** failures, 10_000),
            // A page that says that it goes on by itself asks again until it can.
            refetchInterval: ({ state }) => (state.error && mayPass(state.error) ? AGAIN_MS : false),
          },
          mutations: { networkMode: "always" },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function mayPass(error: Error): boolean {
  return error instanceof Problem && error.mayPass;
}
