"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback } from "react";

import { ME, type Me } from "@/api/me";

/** Into the app as somebody, with nothing left of whoever was there before. */
export function useEnter(): (me: Me, to: string) => void {
  const client = useQueryClient();
  const router = useRouter();
  return useCallback(
    (me, to) => {
      client.clear();
      client.setQueryData(ME, me);
      router.replace(to);
    },
    [client, router],
  );
}
