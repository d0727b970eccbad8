"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import type { Project } from "@/api/projects";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";

import { useChangeProject } from "../data/project";
import { Saving } from "../frame/saving";
import { DESCRIPTION_LENGTH, NAME_LENGTH } from "../limits";
import { changeOf, type Draft, draftOf } from "./draft";
import { EngineFields } from "./engine-fields";
import { LanguageFields } from "./language-fields";
import { SpeakerFields } from "./speaker-fields";
import { VocabularyField } from "./vocabulary-field";

export function GeneralForm({ project, readOnly }: { project: Project; readOnly: boolean }) {
  const t = useTranslations("projects");
  const [edited, setEdited] = useState<Partial<Draft>>({});
  const save = useChangeProject(project.id);
  const stored = draftOf(project);
  const draft = { ...stored, ...edited };
  const change = changeOf(stored, draft);
  const changed = Object.keys(change).length > 0;

  function edit(fields: Partial<Draft>) {
    save.reset();
    setEdited((before) => ({ ...before, ...fields }));
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    save.mutate(change, { onSuccess: () => setEdited({}) });
  }

  return (
    <form onSubmit={submit}>
      <fieldset disabled={readOnly} className="flex min-w-0 flex-col gap-6">
        <Field label={t("general.name")}>
          {(ids) => (
            <Input
              {...ids}
              required
              pattern=".*\S.*"
              maxLength={NAME_LENGTH}
              value={draft.name}
              onChange={(event) => edit({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("general.description")}>
          {(ids) => (
            <Textarea
              {...ids}
              maxLength={DESCRIPTION_LENGTH}
              value={draft.description}
              onChange={(event) => edit({ description: event.target.value })}
            />
          )}
        </Field>
        <LanguageFields draft={draft} onEdit={edit} />
        <SpeakerFields draft={draft} onEdit={edit} />
        <EngineFields draft={draft} onEdit={edit} />
        <VocabularyField draft={draft} onEdit={edit} />
        {!readOnly && (
          <Saving
            changed={changed}
            pending={save.isPending}
            saved={save.isSuccess}
            error={save.error}
            onReset={() => {
              save.reset();
              setEdited({});
            }}
          />
        )}
      </fieldset>
    </form>
  );
}
