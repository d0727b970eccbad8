"use client";

import { ClipboardPasteIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";

import { MOST_PAIRS } from "../limits";
import { type Pair, pasted, withPairs } from "./pairs";

interface PastePairsProps {
  pairs: readonly Pair[];
  onAdd: (pairs: Pair[]) => void;
}

/** Many pairs at once, as they come out of a spreadsheet or a list. */
export function PastePairs({ pairs, onAdd }: PastePairsProps) {
  const t = useTranslations("projects");
  const common = useTranslations("common");
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const read = pasted(text);
  const all = withPairs(pairs, read.pairs);
  const tooMany = all.length > MOST_PAIRS;
  const replaced = pairs.length + read.pairs.length - all.length;

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    onAdd(read.pairs);
    setText("");
    setOpen(false);
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <ClipboardPasteIcon aria-hidden />
        {t("paste.open")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("paste.open")} description={t("paste.intro")} wide>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field
            label={t("paste.pairs")}
            hint={text.trim() ? t("paste.read", { count: read.pairs.length, replaced }) : t("paste.example")}
            error={tooMany ? t("glossary.full", { most: MOST_PAIRS }) : undefined}
          >
            {(ids) => (
              <Textarea
                {...ids}
                rows={10}
                autoFocus
                value={text}
                onChange={(event) => setText(event.target.value)}
                className="font-mono text-[0.8125rem]"
              />
            )}
          </Field>
          <p role="status" className="text-sm text-warn">
            {read.unread.length > 0 &&
              t("paste.unread", { count: read.unread.length, lines: read.unread.slice(0, 10).join(", ") })}
          </p>
          <DialogActions>
            <Button onClick={() => setOpen(false)}>{common("cancel")}</Button>
            <Button look="primary" type="submit" disabled={read.pairs.length === 0 || tooMany}>
              {t("paste.add", { count: read.pairs.length })}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
