"use client";

import { PencilIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";

import type { Meeting } from "@/api/meetings";

import { useChangeMeeting } from "./use-change-meeting";

const LONGEST = 300;

/** The title, which becomes a field where it stands. Enter keeps, Escape abandons. */
export function TitleField({ meeting, readOnly }: { meeting: Meeting; readOnly: boolean }) {
  const t = useTranslations("meeting.header");
  const { mutate } = useChangeMeeting(meeting.id);
  const [draft, setDraft] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);

  function end(keep: boolean) {
    const title = draft?.trim() ?? "";
    if (keep && title !== "" && title !== meeting.title) {
      mutate({ title });
    }
    setDraft(null);
    requestAnimationFrame(() => button.current?.focus({ preventScroll: true }));
  }

  const look = "text-2xl leading-tight font-semibold sm:text-3xl";
  if (readOnly) {
    return <h1 className={`${look} break-words`}>{meeting.title}</h1>;
  }
  return draft === null ? (
    <h1 className={`${look} min-w-0`}>
      <button
        ref={button}
        type="button"
        className="group/title max-w-full rounded-sm text-left break-words"
        onClick={() => setDraft(meeting.title)}
      >
        {meeting.title}
        <span className="sr-only"> — {t("editTitle")}</span>
        <PencilIcon
          aria-hidden
          className="ml-2 inline size-4 align-baseline text-ink-faint opacity-0 group-hover/title:opacity-100 group-focus-visible/title:opacity-100"
        />
      </button>
    </h1>
  ) : (
    <input
      autoFocus
      value={draft}
      maxLength={LONGEST}
      aria-label={t("title")}
      className={`${look} w-full rounded-sm bg-transparent font-serif tracking-[-0.01em] outline-offset-4`}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) {
          end(true);
        } else if (event.key === "Escape") {
          end(false);
        }
      }}
    />
  );
}
