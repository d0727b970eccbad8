"use client";

import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";

import { signOut } from "@/api/sign-out";
import { useProblemWords } from "@/components/state/problem-words";

/** Signing out, and a word where that did not succeed: the session is open then. */
export function useSignOut(): () => void {
  const words = useProblemWords();
  const { mutate } = useMutation({
    mutationFn: signOut,
    onError: (error) => {
      const { title, advice } = words(error);
      toast.error(title, { description: advice });
    },
  });
  return () => mutate();
}
