"use client";

import { FolderOpenIcon, PauseIcon, PlayIcon, RotateCwIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";

import type { Item } from "../queue/item";
import { useUploads } from "../uploads-context";

/** What can be done with an upload where it stands. */
export function UploadActions({ item }: { item: Item }) {
  const t = useTranslations("upload.actions");
  const { queue } = useUploads();
  const picker = useRef<HTMLInputElement>(null);
  const { id, name, phase } = item;

  function give(file: File | undefined) {
    if (file && !queue.give(id, file)) {
      toast.error(t("otherFile", { name }));
    }
  }

  return (
    <div className="flex shrink-0 gap-1">
      {(phase === "sending" || phase === "waiting" || phase === "held") && (
        <Act label={t("pause", { name })} icon={PauseIcon} onClick={() => queue.pause(id)} />
      )}
      {(phase === "paused" || phase === "held") && (
        <Act
          label={t(phase === "held" ? "now" : "resume", { name })}
          icon={phase === "held" ? RotateCwIcon : PlayIcon}
          onClick={() => queue.resume(id)}
        />
      )}
      {phase === "failed" && (
        <Act label={t("retry", { name })} icon={RotateCwIcon} onClick={() => queue.resume(id)} />
      )}
      {phase === "locked" && (
        <Button size="small" onClick={() => void queue.unlock(id)}>
          {t("unlock")}
        </Button>
      )}
      {phase === "missing" && (
        <>
          <Button size="small" onClick={() => picker.current?.click()}>
            <FolderOpenIcon aria-hidden />
            {t("chooseAgain")}
          </Button>
          <input
            ref={picker}
            type="file"
            className="hidden"
            aria-label={t("chooseAgain")}
            onChange={(event) => give(event.target.files?.[0])}
          />
        </>
      )}
      {phase === "done" ? (
        <Act label={t("dismiss", { name })} icon={XIcon} onClick={() => queue.cancel(id)} />
      ) : (
        <Act label={t("cancel", { name })} icon={XIcon} onClick={() => queue.cancel(id)} />
      )}
    </div>
  );
}

interface ActProps {
  label: string;
  icon: typeof XIcon;
  onClick: () => void;
}

function Act({ label, icon: Icon, onClick }: ActProps) {
  return (
    <Tooltip text={label}>
      <Button look="quiet" size="icon-small" aria-label={label} onClick={onClick}>
        <Icon aria-hidden />
      </Button>
    </Tooltip>
  );
}
