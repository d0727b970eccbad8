"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import type { Project } from "@/api/projects";
import { Notice } from "@/components/state/notice";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

import { useExpiring } from "../data/expiring";
import { useChangeProject } from "../data/project";
import { Saving } from "../frame/saving";
import { MOST_DAYS } from "../limits";
import { Meaning } from "./meaning";

const USUAL = 90;

export function RetentionForm({ project }: { project: Project }) {
  const t = useTranslations("projects");
  const { retention_days: stored } = project;
  const [edited, setEdited] = useState<{ limited: boolean; typed: string } | null>(null);
  const save = useChangeProject(project.id);
  const { limited, typed } = edited ?? { limited: stored !== null, typed: String(stored ?? USUAL) };
  const valid = !limited || (/^\d+$/.test(typed) && Number(typed) >= 1 && Number(typed) <= MOST_DAYS);
  const days = limited && valid ? Number(typed) : null;
  const changed = !valid || days !== stored;

  function edit(fields: { limited?: boolean; typed?: string }) {
    save.reset();
    setEdited({ limited, typed, ...fields });
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    save.mutate({ retention_days: days }, { onSuccess: () => setEdited(null) });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("retention.label")}>
          {(ids) => (
            <Select
              {...ids}
              value={limited ? "days" : "instance"}
              onChange={(event) => edit({ limited: event.target.value === "days" })}
            >
              <option value="instance">{t("retention.asInstance")}</option>
              <option value="days">{t("retention.forDays")}</option>
            </Select>
          )}
        </Field>
        {limited && (
          <Field label={t("retention.days")}>
            {(ids) => (
              <Input
                {...ids}
                type="number"
                inputMode="numeric"
                required
                min={1}
                max={MOST_DAYS}
                value={typed}
                onChange={(event) => edit({ typed: event.target.value })}
                className="tabular-nums"
              />
            )}
          </Field>
        )}
      </div>
      {valid && <Meaning days={days} />}
      {changed && days !== null && <Lost project={project.id} days={days} />}
      <Saving
        changed={changed}
        pending={save.isPending}
        saved={save.isSuccess}
        error={save.error}
        onReset={() => {
          save.reset();
          setEdited(null);
        }}
      />
    </form>
  );
}

/** A warning where the new number of days would delete meetings at once. */
function Lost({ project, days }: { project: string; days: number }) {
  const t = useTranslations("projects");
  const { data } = useExpiring(project, days);
  if (!data || data.count === 0) {
    return null;
  }
  return (
    <Notice tone="warn" title={t("retention.lostTitle")}>
      {t(data.more ? "retention.lostAtLeast" : "retention.lost", { count: data.count })}
    </Notice>
  );
}
