"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";

import type { Meeting } from "@/api/meetings";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { bytes } from "@/lib/bytes";
import { exactly } from "@/lib/moments";

import { Warnings } from "./notices";
import { Seconds } from "./seconds";
import { STAGES } from "./stages";
import { useEngines } from "./use-engines";

/** How the transcript came to be: the recording, the engines, what each stage took, what went amiss. */
export function Details({ meeting }: { meeting: Meeting }) {
  const t = useTranslations("meeting.details");
  const locale = useLocale();
  const format = useFormatter();
  const took = Object.values(meeting.timings).reduce((sum, seconds) => sum + seconds, 0);
  return (
    <div className="flex flex-col gap-4 text-[0.8125rem]">
      <dl className="flex flex-col gap-1.5">
        <Fact name={t("file")}>{meeting.filename}</Fact>
        <Fact name={t("size")}>{bytes(locale, meeting.size)}</Fact>
        {meeting.codec && <Fact name={t("sound")}>{sound()}</Fact>}
        {meeting.completed_at && <Fact name={t("completed")}>{exactly(locale, meeting.completed_at)}</Fact>}
        {meeting.expires_at && <Fact name={t("expires")}>{exactly(locale, meeting.expires_at)}</Fact>}
      </dl>
      <Engines meeting={meeting} />
      {took > 0 && (
        <dl className="flex flex-col gap-1.5">
          {STAGES.filter((stage) => meeting.timings[stage] !== undefined).map((stage) => (
            <Fact key={stage} name={t(`stages.${stage}`)}>
              <Seconds value={meeting.timings[stage] ?? 0} />
            </Fact>
          ))}
          {meeting.duration !== null && (
            <Fact name={t("speed")}>
              {t("timesFaster", {
                times: format.number(meeting.duration / took, { maximumSignificantDigits: 2 }),
              })}
            </Fact>
          )}
          {meeting.attempts > 1 && <Fact name={t("attempts")}>{format.number(meeting.attempts)}</Fact>}
        </dl>
      )}
      {meeting.warnings.length > 0 && <Warnings warnings={meeting.warnings} />}
    </div>
  );

  function sound() {
    const rate = format.number((meeting.sample_rate ?? 0) / 1000, { maximumFractionDigits: 1 });
    return t("soundOf", { codec: meeting.codec ?? "", rate, channels: meeting.channels ?? 1 });
  }
}

function Engines({ meeting }: { meeting: Meeting }) {
  const t = useTranslations("meeting.details");
  const { data, error, refetch } = useEngines(meeting.id, meeting.revision, true);
  if (meeting.revision === null) {
    return null;
  }
  if (error) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return <Skeleton className="h-16" />;
  }
  return (
    <dl className="flex flex-col gap-1.5">
      {(["transcriber", "diariser"] as const).map((kind) => {
        const { name, model, device, compute_type: precision } = data[kind];
        return (
          <Fact key={kind} name={t(kind)}>
            {model === "" || model === name ? name : t("engine", { name, model })}
            <span className="block text-ink-faint">{[device, precision].filter(Boolean).join(" · ")}</span>
          </Fact>
        );
      })}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="shrink-0 text-ink-faint">{name}</dt>
      <dd className="min-w-0 text-right break-words tabular-nums">{children}</dd>
    </div>
  );
}
