"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { toast } from "sonner";

import type { Project } from "@/api/projects";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { bytes } from "@/lib/bytes";

import { useKeys } from "../data/keys";
import { useMembers } from "../data/members";
import { useDeleteProject } from "../data/project";
import { useProjectUsage } from "../data/usage";

export function DeleteForm({ project }: { project: Project }) {
  const t = useTranslations("projects");
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const remove = useDeleteProject(project.id);
  const sure = typed.trim() === project.name.trim();

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (sure) {
      remove.mutate(undefined, {
        onSuccess: () => {
          toast(t("delete.done", { name: project.name }));
          router.replace("/projects");
        },
      });
    }
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5 rounded-lg border border-danger p-5">
      <Inside project={project} />
      <Field
        label={t("delete.type")}
        hint={t.rich("delete.typeHint", { name: () => <strong>{project.name}</strong> })}
      >
        {(ids) => (
          <Input
            {...ids}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {remove.error && <ProblemNotice error={remove.error} />}
      <Button look="danger" type="submit" className="self-start" disabled={!sure || remove.isPending}>
        {remove.isPending ? t("delete.deleting") : t("delete.action", { count: project.meetings })}
      </Button>
    </form>
  );
}

/** What goes with the project. */
function Inside({ project }: { project: Project }) {
  const t = useTranslations("projects");
  const locale = useLocale();
  const { data: usage } = useProjectUsage(project.id);
  const { data: members } = useMembers(project.id);
  const { data: keys } = useKeys(project.id);
  const good = keys?.filter((key) => key.revoked_at === null).length ?? 0;
  return (
    <div className="flex flex-col gap-2 text-sm text-ink-soft">
      <p className="text-base text-ink">{t("delete.intro")}</p>
      <ul className="list-disc pl-5 tabular-nums">
        <li>
          {t("delete.meetings", { count: project.meetings })}
          {usage && usage.bytes.used > 0 && ` (${bytes(locale, usage.bytes.used)})`}
        </li>
        <li>{t("delete.glossary", { count: project.glossary.length })}</li>
        {members && <li>{t("delete.members", { count: members.length })}</li>}
        {good > 0 && <li>{t("delete.keys", { count: good })}</li>}
      </ul>
      <p>{t("delete.final")}</p>
    </div>
  );
}
