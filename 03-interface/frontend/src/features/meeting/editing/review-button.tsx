"use client";

import { CheckCheckIcon, ChevronRightIcon, CircleHelpIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toolbar } from "radix-ui";
import { useEffect, useEffectEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";

import type { TranscriptStore } from "../model/store";
import { useSegments } from "../model/use-transcript";
import { useAudio } from "../player/player-context";
import { useReading } from "../reading/reading-context";
import { isDoubtful, nextDoubtful, reviewProgress, segmentAt } from "./review";
import { inDialog } from "./use-editing-keys";

interface ReviewButtonProps {
  store: TranscriptStore;
  readOnly: boolean;
}

/** From one passage to check to the next, and how many are done; nothing where there is nothing to check. */
export function ReviewButton({ store, readOnly }: ReviewButtonProps) {
  const t = useTranslations("editing.review");
  const segments = useSegments(store);
  const audio = useAudio();
  const { scrollToSegment, editing } = useReading();
  const [visited, setVisited] = useState<number | null>(null);
  const { reviewed, total } = reviewProgress(segments);
  const open = total - reviewed;
  const checked = segments.find((segment) => segment.id === visited && isDoubtful(segment));

  function next(after: number | null) {
    const found = nextDoubtful(store.segments, after);
    setVisited(found?.id ?? null);
    if (found) {
      scrollToSegment(found.id, { focus: true });
      audio.seek(found.start, false);
    }
  }

  function goOn() {
    next(editing ?? visited ?? segmentAt(store.segments, audio.currentTime() - 0.01)?.id ?? null);
  }

  function accept() {
    if (checked) {
      store.edit([{ op: "review", segment: checked.id, reviewed: true }]);
      next(checked.id);
    }
  }

  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "F8" && open > 0 && !inDialog(event.target)) {
      event.preventDefault();
      if (event.shiftKey) accept();
      else goOn();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  if (total === 0) {
    return null;
  }
  return (
    <>
      <span className="px-1 text-xs text-ink-faint tabular-nums max-md:sr-only" role="status">
        {t("progress", { reviewed, total })}
      </span>
      {!readOnly && checked && (
        <Tooltip text={t("acceptKey")}>
          <Toolbar.Button asChild>
            <Button look="plain" size="small" onClick={accept}>
              <CheckCheckIcon aria-hidden />
              <span className="max-sm:sr-only">{t("accept")}</span>
            </Button>
          </Toolbar.Button>
        </Tooltip>
      )}
      {open > 0 && (
        <Tooltip text={t("nextKey")}>
          <Toolbar.Button asChild>
            <Button look="quiet" size="small" onClick={goOn}>
              <CircleHelpIcon aria-hidden className="text-warn" />
              <span className="max-md:sr-only">{t("next")}</span>
              <span className="tabular-nums">{open}</span>
              <ChevronRightIcon aria-hidden className="max-sm:hidden" />
            </Button>
          </Toolbar.Button>
        </Tooltip>
      )}
    </>
  );
}
