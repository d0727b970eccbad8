"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ENDED, type Meeting } from "@/api/meetings";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Dialog } from "@/components/ui/dialog";

import type { TranscriptStore } from "../model/store";
import { useSegments, useSpeakers, useTranscript } from "../model/use-transcript";
import { PlayerBar } from "../player/player-bar";
import { PlayerProvider } from "../player/player-context";
import { ShortcutsDialog } from "../player/shortcuts-dialog";
import { ReadingRoom } from "../reading/reading-room";
import { Announcement } from "./announcement";
import { EndedPanel } from "./ended-panel";
import { Header } from "./header";
import { MissingPart } from "./notices";
import { Panel } from "./panel";
import { ProcessingPanel } from "./processing-panel";
import { TranscriptSkeleton } from "./skeletons";
import { hasAudio } from "./stages";
import { type Rights, useRights } from "./use-rights";

/** A meeting in whatever state it is: what happens to it, its recording, its transcript. */
export function MeetingView({ meeting }: { meeting: Meeting }) {
  const t = useTranslations("meeting.panel");
  const rights = useRights(meeting);
  const { store, error, retry } = useTranscript(meeting.id);
  const [about, setAbout] = useState(false);
  const [help, setHelp] = useState(false);
  const panel = (
    <Panel meeting={meeting} store={store} readOnly={!rights.edit} onLeave={() => setAbout(false)} />
  );
  const beside = (
    <>
      <aside
        aria-label={t("about")}
        className="sticky top-20 max-h-[calc(100dvh-13rem)] overflow-y-auto overscroll-contain py-3 pr-1 max-lg:hidden"
      >
        {panel}
      </aside>
      <Dialog open={about} onOpenChange={setAbout} title={t("about")}>
        {panel}
      </Dialog>
    </>
  );

  return (
    <PlayerProvider meetingId={meeting.id} duration={meeting.duration ?? 0} ready={hasAudio(meeting)}>
      <div className={FRAME}>
        <Announcement meeting={meeting} />
        <Header meeting={meeting} rights={rights} onAbout={() => setAbout(true)} />
        {store && <Status meeting={meeting} rights={rights} />}
        {store ? (
          <ReadingRoom
            store={store}
            readOnly={!rights.edit}
            onHelp={() => setHelp(true)}
            beside={beside}
            below={<Listening meeting={meeting} store={store} onHelp={() => setHelp(true)} />}
          />
        ) : (
          <div className="grid items-start gap-x-10 gap-y-8 pt-2 lg:grid-cols-[minmax(0,1fr)_19rem]">
            <div>
              <Status meeting={meeting} rights={rights} />
              {error !== null && <ProblemNotice error={error} onRetry={retry} />}
              {error === null && meeting.revision !== null && <TranscriptSkeleton />}
            </div>
            {beside}
          </div>
        )}
        {store === null && hasAudio(meeting) && (
          <PlayerBar
            meetingId={meeting.id}
            title={meeting.title}
            segments={NOTHING}
            speakers={NOBODY}
            onHelp={() => setHelp(true)}
          />
        )}
      </div>
      <ShortcutsDialog open={help} onOpenChange={setHelp} />
    </PlayerProvider>
  );
}

/** At least as high as the window, so that the player lies at its bottom. */
const FRAME =
  "flex min-h-[calc(100dvh-8.5rem)] flex-col max-sm:-mb-10 sm:-mb-12 sm:min-h-[calc(100dvh-5rem)]";
const NOTHING: TranscriptStore["segments"] = [];
const NOBODY: TranscriptStore["speakers"] = [];

function Status({ meeting, rights }: { meeting: Meeting; rights: Rights }) {
  if (!ENDED.has(meeting.status)) {
    return (
      <div className="pb-4">
        <ProcessingPanel meeting={meeting} mayEdit={rights.edit} />
      </div>
    );
  }
  return meeting.status === "COMPLETED" ? (
    <MissingPart meeting={meeting} mayEdit={rights.edit} />
  ) : (
    <div className="pb-4">
      <EndedPanel meeting={meeting} mayEdit={rights.edit} />
    </div>
  );
}

interface ListeningProps {
  meeting: Meeting;
  store: TranscriptStore;
  onHelp: () => void;
}

function Listening({ meeting, store, onHelp }: ListeningProps) {
  return (
    <PlayerBar
      meetingId={meeting.id}
      title={meeting.title}
      segments={useSegments(store)}
      speakers={useSpeakers(store)}
      onHelp={onHelp}
    />
  );
}
