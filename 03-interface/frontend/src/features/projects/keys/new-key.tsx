"use client";

import { PlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

import { useCreateKey } from "../data/keys";
import { useThisProject } from "../frame/project-context";
import { NewKeyForm } from "./new-key-form";
import { ShownOnce } from "./shown-once";

/** A button and its dialog: what the key may do, then the key, this once. */
export function NewKey() {
  const t = useTranslations("projects");
  const [open, setOpen] = useState(false);
  const create = useCreateKey(useThisProject().id);
  const made = create.data;

  function show(shown: boolean) {
    setOpen(shown);
    create.reset();
  }

  return (
    <>
      <Button look="primary" onClick={() => show(true)}>
        <PlusIcon aria-hidden />
        {t("keys.new.open")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={show}
        title={made ? t("keys.new.madeTitle", { name: made.name }) : t("keys.new.open")}
        description={made ? t("keys.new.madeText") : t("keys.new.intro")}
        insistent={made !== undefined}
        wide={made !== undefined}
      >
        {made ? (
          <ShownOnce made={made} onDone={() => show(false)} />
        ) : (
          <NewKeyForm
            onSubmit={create.mutate}
            onCancel={() => show(false)}
            pending={create.isPending}
            error={create.error}
          />
        )}
      </Dialog>
    </>
  );
}
