"use client";

import { FileAudioIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";

import type { Chosen } from "../queue/files";
import { picker, withoutHandles } from "./pick";
import { useDrop } from "./use-drop";

/** Where recordings are dropped or chosen; the whole page takes a drop, this shows that it does. */
export function Dropzone({ onFiles }: { onFiles: (chosen: Chosen[]) => void }) {
  const t = useTranslations("upload.dropzone");
  const input = useRef<HTMLInputElement>(null);
  const over = useDrop(onFiles);

  function choose() {
    const pick = picker();
    if (pick) {
      void pick().then(onFiles);
    } else {
      input.current?.click();
    }
  }

  return (
    <div
      className={cn(
        "flex flex-col items-center justify-center gap-3 rounded-xl border border-dashed border-line-strong bg-sunken px-4 py-10 text-center transition-colors",
        over && "border-accent bg-accent-soft",
      )}
    >
      <FileAudioIcon aria-hidden className="size-8 text-ink-faint" strokeWidth={1.5} />
      <p className="font-serif text-lg">{over ? t("release") : t("title")}</p>
      <p className="max-w-sm text-sm text-ink-soft">{t("hint")}</p>
      <Button look="primary" onClick={choose}>
        {t("choose")}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        className="hidden"
        aria-label={t("choose")}
        onChange={(event) => {
          onFiles(withoutHandles(event.target.files ?? []));
          event.target.value = "";
        }}
      />
    </div>
  );
}
