"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";

import { EditingToolbar } from "../editing/editing-toolbar";
import type { TranscriptStore } from "../model/store";
import { useSegments } from "../model/use-transcript";
import { Legend } from "./legend";
import { NothingSaid } from "./nothing-said";
import { type Reading, ReadingProvider } from "./reading-context";
import { READING_TOOLS_ID } from "./reading-zone";
import { Transcript, type TranscriptHandle } from "./transcript";
import { useAskedMoment } from "./use-asked-moment";
import { useReadingShortcuts } from "./use-reading-shortcuts";

interface ReadingRoomProps {
  store: TranscriptStore;
  readOnly: boolean;
  onHelp: () => void;
  /** What stands beside the text, and below it; both may use the player and useReading. */
  beside: ReactNode;
  below: ReactNode;
}

/** The transcript with the tools around it. */
export function ReadingRoom({ store, readOnly, onHelp, beside, below }: ReadingRoomProps) {
  const t = useTranslations("meeting.reading");
  const segments = useSegments(store);
  const [editing, editSegment] = useState<number | null>(null);
  const transcript = useRef<TranscriptHandle>(null);

  const scrollToSegment = useCallback<Reading["scrollToSegment"]>(
    (id, options) => transcript.current?.reveal(id, options),
    [],
  );
  const reading = useMemo<Reading>(
    () => ({ scrollToSegment, editSegment, editing }),
    [scrollToSegment, editing],
  );
  useAskedMoment(store, scrollToSegment);
  useReadingShortcuts(store, {
    edit: readOnly ? null : editSegment,
    reveal: scrollToSegment,
    follow: () => transcript.current?.toggleFollowing(),
    help: onHelp,
  });

  return (
    <ReadingProvider value={reading}>
      <div className="grid items-start gap-x-10 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <section aria-label={t("transcript")} className="min-w-0">
          <div
            id={READING_TOOLS_ID}
            className="sticky top-14 z-20 -mx-3 border-b border-line bg-paper px-3 py-1.5 sm:mx-0 sm:px-0"
          >
            <EditingToolbar store={store} readOnly={readOnly} />
          </div>
          {segments.length === 0 ? (
            <NothingSaid />
          ) : (
            <>
              <Legend readOnly={readOnly} />
              <Transcript ref={transcript} store={store} readOnly={readOnly} />
            </>
          )}
        </section>
        {beside}
      </div>
      {below}
    </ReadingProvider>
  );
}
