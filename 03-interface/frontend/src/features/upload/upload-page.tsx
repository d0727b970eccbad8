"use client";

import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";

import { HandingIn } from "./chosen/handing-in";
import { NO_WISHES, type Wishes } from "./chosen/wishes";
import { UploadList } from "./progress/upload-list";
import { RecorderPanel } from "./recorder/recorder-panel";

/** Handing in recordings: from files, or from the microphone. */
export function UploadPage() {
  const t = useTranslations("upload");
  const [wishes, setWishes] = useState<Wishes>(NO_WISHES);
  const change = useCallback((part: Partial<Wishes>) => setWishes((before) => ({ ...before, ...part })), []);
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-8">
      <header className="flex flex-col gap-1">
        <h1 className="text-3xl">{t("title")}</h1>
        <p className="text-ink-soft">{t("subtitle")}</p>
      </header>
      <UploadList />
      <HandingIn wishes={wishes} onWishes={change} />
      <RecorderPanel wishes={wishes} />
    </div>
  );
}
