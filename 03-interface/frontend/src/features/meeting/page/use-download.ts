"use client";

import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";

import { sessionFetch } from "@/api/session";
import { useProblemWords } from "@/components/state/problem-words";

import { fileName } from "./export-address";

const REVOKED_MS = 60_000;

/** Give the browser a file to keep, fetched within the session: a refusal is told, not saved as a file. */
export function useDownload() {
  return useMutation({
    mutationFn: async (address: string) => {
      const response = await sessionFetch(new Request(absolute(address)));
      const name = fileName(response.headers.get("content-disposition"), "transcript");
      const content = URL.createObjectURL(await response.blob());
      keep(content, name);
      setTimeout(() => URL.revokeObjectURL(content), REVOKED_MS);
    },
    onError: useToldErrors(),
  });
}

/** The same for what may be gigabytes: it goes to disk as it comes, once the session is known to be good. */
export function useLargeDownload() {
  return useMutation({
    mutationFn: async (address: string) => {
      await sessionFetch(new Request(absolute(address), { headers: { range: "bytes=0-0" } }));
      keep(address, "");
    },
    onError: useToldErrors(),
  });
}

function keep(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

function absolute(address: string): URL {
  return new URL(address, window.location.origin);
}

function useToldErrors(): (error: unknown) => void {
  const words = useProblemWords();
  return (error) => {
    const { title, advice } = words(error);
    toast.error(title, { description: advice });
  };
}
