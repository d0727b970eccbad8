"use client";

import { XIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { languageName, languagesByName } from "@/lib/languages";

interface LanguageFieldProps {
  value: readonly string[];
  onChange: (tags: readonly string[]) => void;
  /** What an empty choice means here. */
  otherwise: string;
}

/** None, one or several languages: each choice adds one, each name shown takes it away again. */
export function LanguageField({ value, onChange, otherwise }: LanguageFieldProps) {
  const t = useTranslations("upload.language");
  const locale = useLocale();
  const names = useMemo(() => languagesByName(locale), [locale]);
  const hint = value.length === 0 ? otherwise : value.length === 1 ? t("one") : t("several");
  return (
    <Field label={t("label")} hint={hint}>
      {(ids) => (
        <div className="flex flex-col gap-2">
          <Select {...ids} value="" onChange={(event) => onChange([...value, event.target.value])}>
            <option value="">{value.length === 0 ? t("any") : t("another")}</option>
            {names.map(({ tag, name }) => (
              <option key={tag} value={tag} disabled={value.includes(tag)}>
                {name}
              </option>
            ))}
          </Select>
          {value.length > 0 && (
            <ul className="flex flex-wrap gap-1.5">
              {value.map((tag) => (
                <li key={tag}>
                  <Chosen
                    name={languageName(locale, tag)}
                    onRemove={() => onChange(value.filter((one) => one !== tag))}
                  />
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Field>
  );
}

function Chosen({ name, onRemove }: { name: string; onRemove: () => void }) {
  const t = useTranslations("upload.language");
  return (
    <button
      type="button"
      onClick={onRemove}
      aria-label={t("remove", { name })}
      className="inline-flex h-7 items-center gap-1.5 rounded-full bg-accent-soft px-3 text-[0.8125rem] text-accent hover:bg-hover"
    >
      {name}
      <XIcon aria-hidden className="size-3.5" />
    </button>
  );
}
