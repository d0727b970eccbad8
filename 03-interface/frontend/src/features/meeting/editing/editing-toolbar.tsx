"use client";

import { HistoryIcon, Redo2Icon, SearchIcon, Undo2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toolbar } from "radix-ui";
import { useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";

import { HistoryDialog } from "../history/history-dialog";
import type { TranscriptStore } from "../model/store";
import { useUndo } from "../model/use-transcript";
import { ConflictDialog } from "./conflict-dialog";
import { EditingKeys } from "./editing-keys";
import { FindPanel } from "./find-panel";
import { RefusedNotice } from "./refused-notice";
import { ReviewButton } from "./review-button";
import { SaveAnnouncement, SaveStatus } from "./save-status";
import { SelectionBar } from "./selection-bar";
import { useEditingKeys } from "./use-editing-keys";
import { useResumed } from "./use-resumed";

interface EditingToolbarProps {
  store: TranscriptStore;
  readOnly?: boolean;
}

/** Undo, find, review, history, and how it stands with saving; below it whichever of them is open. */
export function EditingToolbar({ store, readOnly = false }: EditingToolbarProps) {
  const t = useTranslations("editing.toolbar");
  const { canUndo, canRedo } = useUndo(store);
  // How often finding was asked for since it was closed.
  const [finding, setFinding] = useState(0);
  const findButton = useRef<HTMLButtonElement>(null);
  const [history, setHistory] = useState(false);
  useResumed(store);
  useEditingKeys({ store, readOnly, find: () => setFinding((times) => times + 1) });

  function endFinding() {
    setFinding(0);
    findButton.current?.focus();
  }

  return (
    <div className="flex flex-col gap-2">
      <Toolbar.Root aria-label={t("label")} className="flex items-center gap-0.5">
        {!readOnly && (
          <>
            <Tooltip text={t("undoKey")}>
              <Toolbar.Button asChild>
                <Button
                  look="quiet"
                  size="icon-small"
                  aria-label={t("undo")}
                  aria-disabled={!canUndo}
                  onClick={() => store.undo()}
                >
                  <Undo2Icon aria-hidden />
                </Button>
              </Toolbar.Button>
            </Tooltip>
            <Tooltip text={t("redoKey")}>
              <Toolbar.Button asChild>
                <Button
                  look="quiet"
                  size="icon-small"
                  aria-label={t("redo")}
                  aria-disabled={!canRedo}
                  onClick={() => store.redo()}
                >
                  <Redo2Icon aria-hidden />
                </Button>
              </Toolbar.Button>
            </Tooltip>
            <span className="mx-2">
              <SaveStatus store={store} />
            </span>
          </>
        )}
        <div className="ml-auto flex items-center gap-0.5">
          <ReviewButton store={store} readOnly={readOnly} />
          <Tooltip text={t("findKey")}>
            <Toolbar.Button asChild>
              <Button
                look="quiet"
                size="small"
                ref={findButton}
                aria-expanded={finding > 0}
                onClick={() => setFinding((times) => (times > 0 ? 0 : 1))}
              >
                <SearchIcon aria-hidden />
                <span className="max-sm:sr-only">{t("find")}</span>
              </Button>
            </Toolbar.Button>
          </Tooltip>
          <Toolbar.Button asChild>
            <Button look="quiet" size="small" onClick={() => setHistory(true)}>
              <HistoryIcon aria-hidden />
              <span className="max-sm:sr-only">{t("history")}</span>
            </Button>
          </Toolbar.Button>
          {!readOnly && <EditingKeys />}
        </div>
      </Toolbar.Root>
      {!readOnly && <SaveAnnouncement store={store} />}
      {finding > 0 && <FindPanel store={store} readOnly={readOnly} asked={finding} onClose={endFinding} />}
      <SelectionBar store={store} />
      <RefusedNotice store={store} />
      <ConflictDialog store={store} />
      {history && <HistoryDialog store={store} readOnly={readOnly} onClose={() => setHistory(false)} />}
    </div>
  );
}
