"use client";

import { useTranslations } from "next-intl";

import { type Engine, useEngines } from "@/api/engines";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";

import { Section } from "../frame/section";

const EVERY_MS = 15_000;

/** The engines of all workers with their models: which are ready, and why one is not. */
export function Engines() {
  const t = useTranslations("admin");
  const { data, error, isPending, refetch } = useEngines(EVERY_MS);
  return (
    <Section title={t("engines.title")} hint={t("engines.hint")}>
      {isPending && <Skeleton className="h-32 w-full" />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data?.engines.length === 0 && <p className="text-sm text-ink-soft">{t("engines.none")}</p>}
      <ul className="grid gap-4 lg:grid-cols-2">
        {data?.engines.map((engine) => (
          <li
            key={`${engine.kind} ${engine.name}`}
            className="flex flex-col gap-3 rounded-lg border border-line bg-raised p-4"
          >
            <EngineCard engine={engine} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function EngineCard({ engine }: { engine: Engine }) {
  const t = useTranslations("admin");
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div>
          <h3 className="font-sans text-sm font-semibold tracking-normal">{engine.name}</h3>
          <p className="text-[0.8125rem] text-ink-faint">{t(`engines.kinds.${engine.kind}`)}</p>
        </div>
        <div className="flex flex-wrap gap-1.5">
          {engine.default && <Badge>{t("engines.default")}</Badge>}
          <Ready ready={engine.ready} />
        </div>
      </div>
      {engine.reason && <p className="text-sm break-words text-ink-soft">{engine.reason}</p>}
      {engine.models.length > 0 && (
        <ul className="flex flex-col gap-2 border-t border-line pt-3 text-sm">
          {engine.models.map((model) => (
            <li key={model.name}>
              <div className="flex flex-wrap items-center justify-between gap-2">
                <span className="break-all">{model.name}</span>
                <span className="flex gap-1.5">
                  {model.default && <Badge>{t("engines.default")}</Badge>}
                  <Ready ready={model.ready} />
                </span>
              </div>
              {model.reason && model.reason !== engine.reason && (
                <p className="text-[0.8125rem] break-words text-ink-faint">{model.reason}</p>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Ready({ ready }: { ready: boolean }) {
  const t = useTranslations("admin");
  return ready ? (
    <Badge tone="ok">{t("engines.ready")}</Badge>
  ) : (
    <Badge tone="warn">{t("engines.notReady")}</Badge>
  );
}
