"use client";

import { XIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { languageName, languagesByName } from "@/lib/languages";

import { MOST_LANGUAGES } from "../limits";
import type { Draft } from "./draft";
import { type FieldsProps, Group } from "./group";

const SPOKEN: readonly Draft["spoken"][] = ["any", "one", "several"];

/** Which language is spoken: found out, one, or some of several. */
export function LanguageFields({ draft, onEdit }: FieldsProps) {
  const t = useTranslations("projects");
  return (
    <Group title={t("language.title")} hint={t("language.hint")}>
      <Field label={t("language.spoken")}>
        {(ids) => (
          <Select
            {...ids}
            value={draft.spoken}
            onChange={(event) => onEdit({ spoken: event.target.value as Draft["spoken"] })}
          >
            {SPOKEN.map((spoken) => (
              <option key={spoken} value={spoken}>
                {t(`language.kinds.${spoken}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {draft.spoken === "one" && <OneLanguage draft={draft} onEdit={onEdit} />}
      {draft.spoken === "several" && <SeveralLanguages draft={draft} onEdit={onEdit} />}
    </Group>
  );
}

function OneLanguage({ draft, onEdit }: FieldsProps) {
  const t = useTranslations("projects");
  const locale = useLocale();
  const known = languagesByName(locale);
  const other = draft.language !== "" && !known.some(({ tag }) => tag === draft.language);
  return (
    <Field label={t("language.one")}>
      {(ids) => (
        <Select
          {...ids}
          required
          value={draft.language}
          onChange={(event) => onEdit({ language: event.target.value })}
        >
          <option value="">{t("language.choose")}</option>
          {other && <option value={draft.language}>{languageName(locale, draft.language)}</option>}
          {known.map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function SeveralLanguages({ draft, onEdit }: FieldsProps) {
  const t = useTranslations("projects");
  const locale = useLocale();
  const left = languagesByName(locale).filter(({ tag }) => !draft.languages.includes(tag));
  return (
    <div className="flex flex-col gap-3">
      {draft.languages.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {draft.languages.map((tag) => (
            <li
              key={tag}
              className="flex items-center gap-1 rounded-full bg-hover py-0.5 pr-1 pl-3 text-sm text-ink"
            >
              {languageName(locale, tag)}
              <button
                type="button"
                className="rounded-full p-1 text-ink-soft hover:text-ink"
                aria-label={t("language.leaveOut", { language: languageName(locale, tag) })}
                onClick={() => onEdit({ languages: draft.languages.filter((one) => one !== tag) })}
              >
                <XIcon aria-hidden className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {draft.languages.length < MOST_LANGUAGES && (
        <Field label={t("language.add")}>
          {(ids) => (
            <Select
              {...ids}
              value=""
              onChange={(event) => onEdit({ languages: [...draft.languages, event.target.value] })}
            >
              <option value="">{t("language.choose")}</option>
              {left.map(({ tag, name }) => (
                <option key={tag} value={tag}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </div>
  );
}
