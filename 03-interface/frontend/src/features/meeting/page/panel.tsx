"use client";

import { ChevronDownIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

import type { Meeting } from "@/api/meetings";

import type { TranscriptStore } from "../model/store";
import { Details } from "./details";
import { Notes } from "./notes";
import { SpeakerShares } from "./speaker-shares";

interface PanelProps {
  meeting: Meeting;
  store: TranscriptStore | null;
  readOnly: boolean;
  /** The reader goes somewhere in the transcript: what lies over it should go. */
  onLeave: () => void;
}

/** What there is to know beside the text: who speaks how much, notes, how it was made. */
export function Panel({ meeting, store, readOnly, onLeave }: PanelProps) {
  const t = useTranslations("meeting.panel");
  const [opened, setOpened] = useState(false);
  return (
    <div className="flex flex-col gap-7">
      {store && (
        <Section title={t("speakers")}>
          <SpeakerShares store={store} onLeave={onLeave} />
        </Section>
      )}
      <Section title={t("notes")}>
        <Notes meeting={meeting} readOnly={readOnly} />
      </Section>
      <details
        className="group/details"
        open={opened}
        onToggle={(event) => setOpened(event.currentTarget.open)}
      >
        <summary className="flex cursor-pointer list-none items-center justify-between rounded-sm [&::-webkit-details-marker]:hidden">
          <h2 className="text-base font-semibold">{t("details")}</h2>
          <ChevronDownIcon
            aria-hidden
            className="size-4 text-ink-faint transition-transform group-open/details:rotate-180"
          />
        </summary>
        <div className="pt-3">{opened && <Details meeting={meeting} />}</div>
      </details>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2.5">
      <h2 className="text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}
