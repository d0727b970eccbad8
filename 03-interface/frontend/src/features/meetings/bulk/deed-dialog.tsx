"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import type { Meeting } from "@/api/meetings";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

import type { Allowed } from "../list/use-allowed";
import { useStatistics } from "../statistics/use-statistics";

interface DeedDialogProps {
  deed: "tag" | "move";
  meetings: readonly Meeting[];
  allowed: Allowed;
  onDone: (value: string) => void;
  onClose: () => void;
}

/** Asks for the tag to add, or for the project to move to. */
export function DeedDialog({ deed, meetings, allowed, onDone, onClose }: DeedDialogProps) {
  const t = useTranslations("meetings.dialogs");
  const common = useTranslations("common");
  const [value, setValue] = useState("");

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (value.trim()) {
      onDone(value.trim());
    }
  }

  return (
    <Dialog open onOpenChange={onClose} title={t(`title.${deed}`, { count: meetings.length })}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {deed === "tag" ? (
          <TagField value={value} onChange={setValue} />
        ) : (
          <ProjectField {...{ value, meetings, allowed }} onChange={setValue} />
        )}
        <DialogActions>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" disabled={!value.trim()}>
            {t(`action.${deed}`)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  value: string;
  onChange: (value: string) => void;
}

function TagField({ value, onChange }: FieldProps) {
  const t = useTranslations("meetings.dialogs.tag");
  const { data } = useStatistics();
  return (
    <Field label={t("label")} hint={t("hint")}>
      {(ids) => (
        <>
          <Input
            {...ids}
            autoFocus
            list={`${ids.id}-known`}
            maxLength={50}
            value={value}
            onChange={(event) => onChange(event.target.value.replace(",", ""))}
          />
          <datalist id={`${ids.id}-known`}>
            {data?.tags.map(({ name }) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

function ProjectField({
  value,
  onChange,
  meetings,
  allowed,
}: FieldProps & Pick<DeedDialogProps, "meetings" | "allowed">) {
  const t = useTranslations("meetings.dialogs.move");
  const elsewhere = [...allowed.projects.values()].filter(
    ({ id, permissions }) =>
      permissions.includes("upload") && meetings.some(({ project_id }) => project_id !== id),
  );
  return (
    <Field label={t("label")} hint={elsewhere.length === 0 ? t("nowhere") : t("hint")}>
      {(ids) => (
        <Select {...ids} autoFocus value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t("choose")}</option>
          {elsewhere.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
