"use client";

import { useTranslations } from "next-intl";
import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo } from "react";

import type { TranscriptStore } from "../model/store";
import type { Segment } from "../model/types";
import { useSegments, useSpeakers } from "../model/use-transcript";
import { useAudio } from "../player/player-context";
import { FollowButton } from "./follow-button";
import { useReading } from "./reading-context";
import { SegmentRow } from "./segment-row";
import { speakerColour } from "./speaker-colours";
import { useClicks } from "./use-clicks";
import { useCopyLink } from "./use-copy-link";
import { useFocusAfterEditing } from "./use-focus-after-editing";
import { useFollowing } from "./use-following";
import { useRows } from "./use-rows";
import { useSpoken } from "./use-spoken";

export interface TranscriptHandle {
  reveal(id: number, options?: { focus?: boolean }): void;
  /** Go on following playback, or leave that. */
  toggleFollowing(): void;
}

interface TranscriptProps {
  store: TranscriptStore;
  readOnly: boolean;
  ref: Ref<TranscriptHandle>;
}

const MARKS =
  "[&_[data-now]_[data-text]]:text-ink [&_[data-spoken]]:bg-spoken [&_[data-unsure]]:underline [&_[data-unsure]]:decoration-warn [&_[data-unsure]]:decoration-dotted [&_[data-unsure]]:underline-offset-4 [&_[data-word]]:cursor-pointer [&_[data-word]]:rounded-xs [&_[data-word]]:hover:bg-hover";

/** Everything that was said. Only the segments in view are drawn, however long the meeting was. */
export function Transcript({ store, readOnly, ref }: TranscriptProps) {
  const t = useTranslations("meeting.reading");
  const segments = useSegments(store);
  const speakers = useSpeakers(store);
  const player = useAudio();
  const { editing, editSegment } = useReading();
  const { list, attach, measure, drawn, show, reveal } = useRows(segments, editing);
  const { following, follow, bring } = useFollowing(show);
  const { mark } = useSpoken(list, segments, bring);
  const copyLink = useCopyLink(store);
  const colours = useMemo(
    () => new Map(speakers.map(({ id }, place) => [id, speakerColour(place)])),
    [speakers],
  );

  const hear = useCallback((segment: Segment) => player.seek(segment.start, true), [player]);
  const catchUp = useCallback(() => {
    follow(true);
    bring(mark(), true);
  }, [follow, bring, mark]);

  // Whoever goes to another second wants to read what is said there.
  useEffect(() => player.subscribeSeek(catchUp), [player, catchUp]);
  useFocusAfterEditing(list, editing);
  useClicks(list, {
    onWord: (id, word) => {
      const start = segments.find((segment) => segment.id === id)?.words[word]?.start;
      if (start !== undefined) {
        player.seek(start, true);
      }
    },
    onEdit: (id) => {
      if (!readOnly) {
        editSegment(id);
      }
    },
  });
  useImperativeHandle(
    ref,
    () => ({
      reveal: (id, options) => {
        follow(segments[mark().place]?.id === id);
        reveal(id, options);
      },
      toggleFollowing: () => (following ? follow(false) : catchUp()),
    }),
    [reveal, segments, mark, follow, following, catchUp],
  );

  return (
    <>
      <ol ref={attach} aria-label={t("transcript")} className={`relative ${MARKS}`}>
        {drawn.map(({ index, key }) => {
          const segment = segments[index];
          return (
            segment && (
              <li
                key={key}
                ref={measure}
                data-index={index}
                data-segment={segment.id}
                aria-posinset={index + 1}
                aria-setsize={segments.length}
                tabIndex={-1}
                className="group/segment absolute inset-x-0 rounded-sm"
              >
                <SegmentRow
                  store={store}
                  segment={segment}
                  colour={colours.get(segment.speaker ?? "") ?? speakerColour(undefined)}
                  opensTurn={segments[index - 1]?.speaker !== segment.speaker || index === 0}
                  editing={editing === segment.id}
                  readOnly={readOnly}
                  onHear={hear}
                  onEdit={editSegment}
                  onCopyLink={copyLink}
                />
              </li>
            )
          );
        })}
      </ol>
      {!following && <FollowButton onFollow={catchUp} />}
    </>
  );
}
