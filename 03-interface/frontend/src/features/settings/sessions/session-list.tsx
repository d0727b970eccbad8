"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";

import { useProblemWords } from "@/components/state/problem-words";
import { Button } from "@/components/ui/button";

import { SessionRow } from "./session-row";
import { type Session, useEndSession } from "./use-sessions";

const AT_FIRST = 5;

/** This session first, then those used last; the older ones on demand. */
export function SessionList({ sessions }: { sessions: Session[] }) {
  const t = useTranslations("settings.sessions");
  const words = useProblemWords();
  const end = useEndSession();
  const [all, setAll] = useState(false);
  const ordered = [...sessions].sort((a, b) => Number(b.current) - Number(a.current));
  const shown = all ? ordered : ordered.slice(0, AT_FIRST);

  function endOne(session: Session) {
    end.mutate(session.id, {
      onSuccess: () => toast.success(t("ended")),
      onError: (error) => toast.error(words(error).title, { description: words(error).advice }),
    });
  }

  return (
    <div>
      <ul aria-label={t("title")} className="-mt-3.5 divide-y divide-line">
        {shown.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => endOne(session)} />
        ))}
      </ul>
      {shown.length < ordered.length && (
        <Button look="link" className="pt-2" onClick={() => setAll(true)}>
          {t("others", { count: ordered.length - shown.length })}
        </Button>
      )}
    </div>
  );
}
