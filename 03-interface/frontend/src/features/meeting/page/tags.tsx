"use client";

import { PlusIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { Meeting } from "@/api/meetings";
import { Button } from "@/components/ui/button";

import { withTags } from "./tag-list";
import { useChangeMeeting } from "./use-change-meeting";

const LONGEST = 50;

/** What the meeting is sorted by: a cross takes a tag away, a field adds one or several with commas. */
export function Tags({ meeting, readOnly }: { meeting: Meeting; readOnly: boolean }) {
  const t = useTranslations("meeting.tags");
  const { mutate } = useChangeMeeting(meeting.id);
  const { tags } = meeting;
  if (readOnly && tags.length === 0) {
    return null;
  }
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <ul aria-label={t("tags")} className="contents">
        {tags.map((tag) => (
          <li
            key={tag}
            className="inline-flex h-7 items-center gap-0.5 rounded-full bg-hover pl-2.5 text-[0.8125rem] text-ink-soft last:mr-0"
          >
            <span className="max-w-48 truncate pr-1">{tag}</span>
            {readOnly ? (
              <span className="w-1.5" />
            ) : (
              <button
                type="button"
                className="flex size-7 items-center justify-center rounded-full hover:text-danger"
                aria-label={t("remove", { tag })}
                onClick={() => mutate({ tags: tags.filter((one) => one !== tag) })}
              >
                <XIcon aria-hidden className="size-3.5" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && <AddTag onAdd={(text) => mutate({ tags: withTags(tags, text) })} />}
    </div>
  );
}

function AddTag({ onAdd }: { onAdd: (text: string) => void }) {
  const t = useTranslations("meeting.tags");
  const [draft, setDraft] = useState<string | null>(null);

  function keep() {
    if (draft?.trim()) {
      onAdd(draft);
    }
  }

  if (draft === null) {
    return (
      <Button
        look="quiet"
        size="small"
        className="h-7 rounded-full px-2 text-[0.8125rem]"
        onClick={() => setDraft("")}
      >
        <PlusIcon aria-hidden className="size-3.5!" />
        {t("add")}
      </Button>
    );
  }
  return (
    <input
      autoFocus
      value={draft}
      maxLength={LONGEST}
      aria-label={t("new")}
      placeholder={t("new")}
      className="h-7 w-36 rounded-full border border-line-strong bg-raised px-3 text-[0.8125rem] placeholder:text-ink-faint"
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => {
        keep();
        setDraft(null);
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) {
          return;
        }
        if (event.key === "Enter" || event.key === ",") {
          event.preventDefault();
          keep();
          setDraft("");
        } else if (event.key === "Escape") {
          setDraft(null);
        }
      }}
    />
  );
}
