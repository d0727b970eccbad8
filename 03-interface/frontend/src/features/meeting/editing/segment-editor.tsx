"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";

import { usePlayer } from "../player/player-context";
import { useReading } from "../reading/reading-context";
import type { TranscriptStore } from "../model/store";
import type { Segment } from "../model/types";
import { LONGEST_TEXT, oneLine } from "../model/wording";
import { takeCaret, wishCaret } from "./caret";
import { Sitting, tokensBefore } from "./sitting";

interface SegmentEditorProps {
  store: TranscriptStore;
  segment: Segment;
  onDone: () => void;
}

/**
 * A segment's text while it is edited, in the type of the text that it replaces. `key` it by the segment's id.
 *
 * Enter ends, Shift or Ctrl with Enter splits, Backspace at the start merges, Escape abandons, Tab goes on.
 */
export function SegmentEditor({ store, segment, onDone }: SegmentEditorProps) {
  const t = useTranslations("editing");
  const player = usePlayer();
  const { editSegment, scrollToSegment } = useReading();
  const [sitting] = useState(() => new Sitting(store, segment));
  const field = useRef<HTMLTextAreaElement>(null);
  const ended = useRef(false);

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    const wished = takeCaret(store, segment.id);
    const at = wished ?? element.value.length;
    if (wished === null) player.pause(); // whoever comes from the editor beside may be listening
    fit(element);
    element.focus({ preventScroll: true });
    element.setSelectionRange(at, at);
    // Only when it opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => {
    if (field.current && sitting.adopt(segment)) {
      field.current.value = sitting.text;
      fit(field.current);
    }
  }, [segment, sitting]);

  useEffect(() => {
    const commit = () => sitting.commit();
    window.addEventListener("pagehide", commit, { capture: true });
    document.addEventListener("visibilitychange", commit, { capture: true });
    return () => {
      window.removeEventListener("pagehide", commit, { capture: true });
      document.removeEventListener("visibilitychange", commit, { capture: true });
      sitting.commit();
    };
  }, [sitting]);

  function end() {
    ended.current = true;
    onDone();
  }

  function goTo(id: number, caret: number) {
    ended.current = true;
    wishCaret(store, id, caret);
    scrollToSegment(id);
    editSegment(id);
  }

  function neighbour(offset: 1 | -1): Segment | undefined {
    const place = store.segments.findIndex(({ id }) => id === segment.id);
    return place < 0 ? undefined : store.segments[place + offset];
  }

  function split(caret: number) {
    sitting.commit();
    const at = tokensBefore(sitting.text, caret);
    const [created] = store.edit([{ op: "split_segment", segment: segment.id, at }]) ?? [];
    if (created !== undefined) goTo(created, 0);
  }

  function merge(first: Segment, second: Segment) {
    sitting.commit();
    const caret = first.id === segment.id ? oneLine(sitting.text).length : first.text.length + 1;
    if (store.edit([{ op: "merge_segments", segment: first.id, next: second.id }])) {
      goTo(first.id, caret);
    }
  }

  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    const { selectionStart: caret, selectionEnd, value } = event.currentTarget;
    const other = mergesWith(event.key, caret, selectionEnd, value.length);
    if (event.key === "Enter") {
      event.preventDefault();
      if (event.shiftKey || event.ctrlKey || event.metaKey) {
        split(caret);
      } else {
        sitting.finish();
        end();
      }
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      sitting.abandon();
      end();
    } else if (event.key === "Tab") {
      const next = neighbour(event.shiftKey ? -1 : 1);
      if (!next) return;
      event.preventDefault();
      sitting.commit();
      goTo(next.id, next.text.length);
    } else if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      player.toggle();
    } else if (other) {
      const beside = neighbour(other);
      if (!beside) return;
      event.preventDefault();
      if (other < 0) merge(beside, segment);
      else merge(segment, beside);
    }
  }

  return (
    <textarea
      ref={field}
      aria-label={t("editor.label")}
      defaultValue={segment.text}
      maxLength={LONGEST_TEXT}
      rows={1}
      lang={segment.language ?? undefined}
      onInput={(event) => {
        sitting.type(event.currentTarget.value);
        fit(event.currentTarget);
      }}
      onKeyDown={press}
      onBlur={() => {
        sitting.commit();
        if (!ended.current && document.hasFocus()) end();
      }}
      className="block w-full resize-none overflow-hidden rounded-sm bg-transparent p-0 font-serif text-[1.0625rem] leading-7 text-ink outline-offset-4"
    />
  );
}

/** As high as its text. */
function fit(element: HTMLTextAreaElement): void {
  element.style.height = "auto";
  element.style.height = `${element.scrollHeight}px`;
}

/** Which neighbour the key merges with: the one before at the very start, the one behind at the very end. */
function mergesWith(key: string, caret: number, end: number, length: number): 1 | -1 | null {
  if (caret !== end) return null;
  if (key === "Backspace" && caret === 0) return -1;
  return key === "Delete" && caret === length ? 1 : null;
}
