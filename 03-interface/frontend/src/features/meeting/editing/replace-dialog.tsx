"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "sonner";

import { PROJECTS } from "@/api/projects";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";

import type { Replacement } from "../model/gateway";
import type { TranscriptStore } from "../model/store";
import { oneLine } from "../model/wording";
import type { Sought } from "./find";
import { ReplaceList } from "./replace-list";

const LONGEST_TERM = 100;

interface ReplaceDialogProps {
  store: TranscriptStore;
  sought: Sought;
  replacement: string;
  onClose: () => void;
}

/** What replacing everywhere would do, to be agreed to; and whether the project learns from it. */
export function ReplaceDialog({ store, sought, replacement, onClose }: ReplaceDialogProps) {
  const t = useTranslations("editing.find");
  const common = useTranslations("common");
  const client = useQueryClient();
  const id = useId();
  const [teach, setTeach] = useState(false);
  const wanted = wish(sought, replacement);
  const teachable = wanted.replace !== "" && wanted.replace.length <= LONGEST_TERM;
  const found = useQuery({
    queryKey: ["replacing", store.meetingId, store.revision, wanted],
    queryFn: () => store.findAll(wanted),
    gcTime: 0,
  });
  const replacing = useMutation({
    mutationFn: () => store.replaceAll({ ...wanted, add_to_glossary: teach && teachable }),
    onSuccess: ({ count, added_to_glossary }) => {
      toast(t("replaced", { count }), {
        action: { label: common("undo"), onClick: () => store.undo() },
      });
      if (added_to_glossary) void client.invalidateQueries({ queryKey: PROJECTS });
      onClose();
    },
  });
  const count = found.data?.count ?? 0;
  const error = found.error ?? replacing.error;

  return (
    <Dialog
      open
      onOpenChange={onClose}
      wide
      title={t("replaceAllTitle")}
      description={
        wanted.replace === ""
          ? t("willRemove", { find: wanted.find })
          : t("willReplace", { find: wanted.find, replacement: wanted.replace })
      }
    >
      {error && <ProblemNotice error={error} onRetry={() => void found.refetch()} />}
      {found.isPending && (
        <div role="status" aria-label={common("loading")} className="flex flex-col gap-2">
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </div>
      )}
      {found.data && (
        <>
          <p role="status" className="text-sm text-ink-soft">
            {t("preview", { count, passages: found.data.hits.length })}
          </p>
          <ReplaceList hits={found.data.hits} />
        </>
      )}
      <div className="flex items-start gap-2.5 text-sm">
        <Checkbox
          id={id}
          disabled={!teachable}
          checked={teach && teachable}
          onCheckedChange={(checked) => setTeach(checked === true)}
        />
        <label htmlFor={id}>
          {t("teach")}
          <span className="block text-[0.8125rem] text-ink-faint">{t("teachHint")}</span>
        </label>
      </div>
      <DialogActions>
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button
          look="primary"
          disabled={count === 0 || replacing.isPending}
          onClick={() => replacing.mutate()}
        >
          {t("replaceCount", { count })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function wish({ find, wholeWords, matchCase, speaker }: Sought, replacement: string): Replacement {
  return {
    find: oneLine(find),
    replace: oneLine(replacement),
    whole_words: wholeWords,
    match_case: matchCase,
    speaker,
    add_to_glossary: false,
  };
}
