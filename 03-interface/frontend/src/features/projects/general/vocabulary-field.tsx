"use client";

import { useTranslations } from "next-intl";

import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";

import { MOST_TERMS, TERM_LENGTH } from "../limits";
import { type FieldsProps, Group } from "./group";
import { terms } from "./reading";

/** Names and terms that are likely to be said. */
export function VocabularyField({ draft, onEdit }: FieldsProps) {
  const t = useTranslations("projects");
  const given = terms(draft.vocabulary);
  const long = given.find((term) => term.length > TERM_LENGTH);
  const error =
    given.length > MOST_TERMS
      ? t("vocabulary.tooMany", { most: MOST_TERMS })
      : long && t("vocabulary.tooLong", { term: `${long.slice(0, 30)}…`, most: TERM_LENGTH });
  return (
    <Group title={t("vocabulary.title")} hint={t("vocabulary.hint")}>
      <Field
        label={t("vocabulary.terms")}
        hint={t("vocabulary.count", { count: given.length, most: MOST_TERMS })}
        error={error}
      >
        {(ids) => (
          <Textarea
            {...ids}
            rows={6}
            value={draft.vocabulary}
            onChange={(event) => onEdit({ vocabulary: event.target.value })}
          />
        )}
      </Field>
    </Group>
  );
}
