"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Moment } from "@/components/ui/moment";
import { Cell, Row, Rows } from "@/components/ui/rows";

import { type ApiKey, useRevokeKey } from "../data/keys";
import { useMembers } from "../data/members";
import { useThisProject } from "../frame/project-context";
import { stateOf } from "./expiry";

interface KeyRowsProps {
  label: string;
  keys: readonly ApiKey[];
  now: Date;
}

export function KeyRows({ label, keys, now }: KeyRowsProps) {
  const t = useTranslations("projects");
  const headings = [
    { name: t("keys.name") },
    { name: t("keys.scopes") },
    { name: t("keys.lastUse") },
    { name: t("keys.expiry") },
    { name: t("keys.actions"), hidden: true },
  ];
  return (
    <Rows
      label={label}
      headings={headings}
      columns="minmax(0,1fr) minmax(0,14rem) auto auto minmax(2rem,auto)"
    >
      {keys.map((key) => (
        <KeyRow key={key.id} apiKey={key} now={now} />
      ))}
    </Rows>
  );
}

function KeyRow({ apiKey, now }: { apiKey: ApiKey; now: Date }) {
  const t = useTranslations("projects");
  const project = useThisProject();
  const maker = useMembers(project.id).data?.find(({ user_id }) => user_id === apiKey.created_by);
  const state = stateOf(apiKey, now);
  return (
    <Row>
      <Cell>
        <div className="flex flex-wrap items-center gap-2">
          <span className="font-medium break-words">{apiKey.name}</span>
          {state !== "good" && <Badge tone="warn">{t(`keys.states.${state}`)}</Badge>}
        </div>
        <p className="font-mono text-[0.8125rem] text-ink-soft">{apiKey.prefix}…</p>
        <p className="text-[0.8125rem] text-ink-faint">
          {t.rich(maker ? "keys.madeBy" : "keys.made", {
            name: maker ? maker.name || maker.email : "",
            when: () => <Moment at={apiKey.created_at} />,
          })}
        </p>
      </Cell>
      <Cell label={t("keys.scopes")}>
        <ul className="flex flex-wrap justify-end gap-1 sm:justify-start">
          {apiKey.scopes.map((scope) => (
            <li key={scope}>
              <Badge>{t(`scopes.${scope}.name`)}</Badge>
            </li>
          ))}
        </ul>
      </Cell>
      <Cell label={t("keys.lastUse")} className="whitespace-nowrap text-ink-soft">
        {apiKey.last_used_at ? <Moment at={apiKey.last_used_at} /> : t("keys.neverUsed")}
      </Cell>
      <Cell label={t("keys.expiry")} className="whitespace-nowrap text-ink-soft">
        {apiKey.expires_at ? <Moment at={apiKey.expires_at} /> : t("keys.expiries.never")}
      </Cell>
      <Cell className="flex justify-end">{state === "good" && <Revoke apiKey={apiKey} />}</Cell>
    </Row>
  );
}

function Revoke({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations("projects");
  const [asking, setAsking] = useState(false);
  const revoke = useRevokeKey(useThisProject().id);
  return (
    <>
      <Button
        look="quiet"
        size="small"
        aria-label={t("keys.revoke.label", { name: apiKey.name })}
        onClick={() => {
          revoke.reset();
          setAsking(true);
        }}
      >
        {t("keys.revoke.open")}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("keys.revoke.title", { name: apiKey.name })}
        description={t("keys.revoke.text")}
        action={t("keys.revoke.open")}
        onConfirm={() => revoke.mutate(apiKey.id, { onSuccess: () => setAsking(false) })}
        pending={revoke.isPending}
        error={revoke.error}
      />
    </>
  );
}
