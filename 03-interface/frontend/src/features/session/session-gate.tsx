"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect } from "react";

import { useMe } from "@/api/me";
import { Problem } from "@/api/problem";
import { settleIn } from "@/api/session";
import { SIGN_IN } from "@/api/sign-out";
import { ProblemNotice } from "@/components/state/problem-notice";

import { FrameSkeleton } from "./frame-skeleton";
import { RenewalDialog } from "./renewal-dialog";

/** Lets in who is signed in; a session that ends meanwhile is renewed on the spot, and nothing is lost. */
export function SessionGate({ children }: { children: ReactNode }) {
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams().toString();
  const me = useMe();
  const outside = !me.data && me.error instanceof Problem && me.error.status === 401;
  const within = !!me.data;

  useEffect(() => {
    if (outside) {
      router.replace(`${SIGN_IN}?next=${encodeURIComponent(query ? `${path}?${query}` : path)}`);
    }
  }, [outside, path, query, router]);

  useEffect(() => {
    if (within) {
      settleIn();
    }
  }, [within]);

  if (me.data) {
    return (
      <>
        {children}
        <RenewalDialog me={me.data} />
      </>
    );
  }
  return me.error && !outside ? (
    <div className="mx-auto max-w-xl px-4 py-16">
      <ProblemNotice error={me.error} onRetry={() => void me.refetch()} />
    </div>
  ) : (
    <FrameSkeleton />
  );
}
