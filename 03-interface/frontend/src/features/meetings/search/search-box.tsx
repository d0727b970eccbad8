"use client";

import { SearchIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";

import { Input } from "@/components/ui/input";

interface SearchBoxProps {
  value: string;
  /** While one types, a moment after the last letter. */
  onType: (text: string) => void;
}

const PAUSE_MS = 300;

/** Searches in everything that was said; "/" brings the cursor here from anywhere on the page. */
export function SearchBox({ value, onType }: SearchBoxProps) {
  const t = useTranslations("meetings.search");
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const type = useEffectEvent(onType);

  // The address changed by itself: back, forward, or "clear all".
  if (value !== known) {
    setKnown(value);
    if (value !== text.trim()) {
      setText(value);
    }
  }

  useEffect(() => {
    if (text.trim() === value) {
      return;
    }
    const timer = setTimeout(() => type(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);

  useEffect(() => {
    function jump(event: KeyboardEvent) {
      const typing =
        event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.current?.focus();
      }
    }
    window.addEventListener("keydown", jump);
    return () => window.removeEventListener("keydown", jump);
  }, []);

  return (
    <form
      role="search"
      className="relative"
      onSubmit={(event) => {
        event.preventDefault();
        onType(text.trim());
      }}
    >
      <SearchIcon
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3.5 size-5 -translate-y-1/2 text-ink-faint"
      />
      <Input
        ref={input}
        type="search"
        aria-label={t("label")}
        aria-keyshortcuts="/"
        placeholder={t("placeholder")}
        maxLength={300}
        value={text}
        className="h-12 rounded-xl pr-12 pl-11 text-base"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && text) {
            event.preventDefault();
            setText("");
            onType("");
          }
        }}
      />
      {!text && (
        <kbd
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-3.5 hidden -translate-y-1/2 rounded border border-line bg-sunken px-1.5 font-mono text-xs text-ink-faint sm:block"
        >
          /
        </kbd>
      )}
    </form>
  );
}
