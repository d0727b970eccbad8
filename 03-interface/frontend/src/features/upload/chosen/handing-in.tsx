"use client";

import { UploadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";

import { UPLOADS_TITLE } from "../progress/upload-list";
import type { Chosen } from "../queue/files";
import { useUploads } from "../uploads-context";
import { ChosenList } from "./chosen-list";
import { Dropzone } from "./dropzone";
import { Options } from "./options";
import { useChosen } from "./use-chosen";
import { faults, metadataOf, type Wishes } from "./wishes";

interface HandingInProps {
  wishes: Wishes;
  onWishes: (change: Partial<Wishes>) => void;
}

/** Choosing files, saying what is asked for them, and sending them off. */
export function HandingIn({ wishes, onWishes }: HandingInProps) {
  const t = useTranslations("upload.chosen");
  const { queue } = useUploads();
  const { drafts, add, rename, remove, clear } = useChosen();
  const [told, setTold] = useState("");
  const sendable = drafts.filter(({ file }) => file.size > 0);

  function take(chosen: Chosen[]) {
    add(chosen);
    setTold(t("added", { count: chosen.length }));
  }

  function send() {
    void queue.add(
      sendable.map(({ file, handle, title }) => ({
        ...{ file, handle, title },
        metadata: metadataOf(wishes, { name: file.name, title }),
      })),
    );
    clear();
    requestAnimationFrame(() => document.getElementById(UPLOADS_TITLE)?.focus());
  }

  return (
    <div className="flex flex-col gap-6">
      <Dropzone onFiles={take} />
      <p role="status" className="sr-only">
        {told}
      </p>
      {drafts.length > 0 && (
        <section
          aria-labelledby="chosen-title"
          className="flex flex-col gap-6 rounded-xl border border-line bg-raised p-4 sm:p-6"
        >
          <h2 id="chosen-title" className="text-lg">
            {t("title", { count: drafts.length })}
          </h2>
          <ChosenList drafts={drafts} onRename={rename} onRemove={remove} />
          <Options wishes={wishes} onChange={onWishes} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button look="quiet" onClick={clear}>
              {t("clear")}
            </Button>
            <Button
              look="primary"
              disabled={sendable.length === 0 || faults(wishes).length > 0}
              onClick={send}
            >
              <UploadIcon aria-hidden />
              {t("send", { count: sendable.length })}
            </Button>
          </div>
        </section>
      )}
    </div>
  );
}
