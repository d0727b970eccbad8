"use client";

import { PlusIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";

import { useCreateProject } from "../data/project";
import { DESCRIPTION_LENGTH, NAME_LENGTH } from "../limits";

/** A button, and the dialog that founds a project; then its page, where the rest is set. */
export function NewProject() {
  const t = useTranslations("projects");
  const common = useTranslations("common");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const create = useCreateProject();

  function show(shown: boolean) {
    setOpen(shown);
    create.reset();
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    create.mutate(
      { name: (fields.get("name") as string).trim(), description: fields.get("description") as string },
      { onSuccess: (project) => router.push(`/projects/${project.id}`) },
    );
  }

  return (
    <>
      <Button look="primary" onClick={() => show(true)}>
        <PlusIcon aria-hidden />
        {t("new.open")}
      </Button>
      <Dialog open={open} onOpenChange={show} title={t("new.open")} description={t("new.intro")}>
        <form onSubmit={submit} className="flex flex-col gap-4">
          {create.error && <ProblemNotice error={create.error} />}
          <Field label={t("general.name")}>
            {(ids) => (
              <Input
                {...ids}
                name="name"
                autoFocus
                required
                pattern=".*\S.*"
                maxLength={NAME_LENGTH}
                autoComplete="off"
              />
            )}
          </Field>
          <Field label={`${t("general.description")} (${common("optional")})`}>
            {(ids) => <Textarea {...ids} name="description" maxLength={DESCRIPTION_LENGTH} />}
          </Field>
          <DialogActions>
            <Button onClick={() => show(false)}>{common("cancel")}</Button>
            <Button look="primary" type="submit" disabled={create.isPending || create.isSuccess}>
              {create.isPending || create.isSuccess ? t("new.making") : t("new.make")}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
