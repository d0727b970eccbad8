"use client";

import { useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";

import { type Device, deviceOf } from "./device";
import { DeviceIcon } from "./device-icon";
import type { Session } from "./use-sessions";

/** One place where one is signed in: what it is, from where, and since when. */
export function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const t = useTranslations("settings.sessions");
  const device = deviceOf(session.device);
  const name = useDeviceName(device);
  return (
    <li className="flex items-start gap-4 py-3.5">
      <DeviceIcon device={device} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 text-sm">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium" title={session.device}>
            {name}
          </span>
          {session.current && <Badge tone="accent">{t("current")}</Badge>}
        </p>
        <p className="text-[0.8125rem] text-ink-soft">
          {session.address && `${session.address} · `}
          {t.rich("lastUsed", { moment: () => <Moment at={session.last_used_at} /> })}
        </p>
        <p className="text-[0.8125rem] text-ink-faint">
          {t.rich("since", { moment: () => <Moment at={session.created_at} /> })}
        </p>
      </div>
      {!session.current && (
        <Button size="small" onClick={onEnd} aria-label={t("endNamed", { device: name })}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}

function useDeviceName({ program, system }: Device): string {
  const t = useTranslations("settings.sessions");
  if (program && system) {
    return t("device", { program, system });
  }
  return program ?? system ?? t("unknown");
}
