"use client";

import { ChevronRightIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { useProjects } from "@/api/projects";
import { Field } from "@/components/ui/field";
import { Select, Textarea } from "@/components/ui/input";
import { languageName } from "@/lib/languages";

import { EngineFields } from "./engine-fields";
import { LanguageField } from "./language-field";
import { SpeakersField } from "./speakers-field";
import { faults, LONGEST_TERM, MOST_TERMS, type Wishes } from "./wishes";

interface OptionsProps {
  wishes: Wishes;
  onChange: (change: Partial<Wishes>) => void;
}

/** What is asked for all the chosen recordings. */
export function Options({ wishes, onChange }: OptionsProps) {
  const t = useTranslations("upload.options");
  const locale = useLocale();
  const { data: projects = [] } = useProjects();
  const [advanced, setAdvanced] = useState(false);
  const found = faults(wishes);
  const writable = projects.filter((project) => project.permissions.includes("upload"));
  const project =
    writable.find(({ id }) => id === wishes.project) ?? writable.find(({ personal }) => personal);
  const own = project?.language && languageName(locale, project.language);
  const wrongTerms = found.includes("terms")
    ? t("tooManyTerms", { most: MOST_TERMS })
    : found.includes("termLength") && t("longTerm", { longest: LONGEST_TERM });
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("project")}>
          {(ids) => (
            <Select
              {...ids}
              value={project?.id ?? ""}
              onChange={(event) => onChange({ project: event.target.value })}
            >
              {writable.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <SpeakersField wishes={wishes} onChange={onChange} invalid={found.includes("speakers")} />
        <LanguageField
          value={wishes.languages}
          onChange={(languages) => onChange({ languages })}
          otherwise={own ? t("projectLanguage", { language: own }) : t("foundOut")}
        />
        <Field label={t("vocabulary")} hint={t("vocabularyHint")} error={wrongTerms || undefined}>
          {(ids) => (
            <Textarea
              {...ids}
              rows={3}
              value={wishes.vocabulary}
              onChange={(event) => onChange({ vocabulary: event.target.value })}
            />
          )}
        </Field>
      </div>
      <details open={advanced} onToggle={(event) => setAdvanced(event.currentTarget.open)} className="group">
        <summary className="flex w-fit cursor-pointer list-none items-center gap-1.5 rounded-md text-sm text-ink-soft hover:text-ink">
          <ChevronRightIcon aria-hidden className="size-4 transition-transform group-open:rotate-90" />
          {t("advanced")}
        </summary>
        <div className="pt-4">{advanced && <EngineFields wishes={wishes} onChange={onChange} />}</div>
      </details>
    </div>
  );
}
