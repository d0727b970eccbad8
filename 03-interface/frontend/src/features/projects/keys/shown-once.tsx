"use client";

import { useTranslations } from "next-intl";

import { Notice } from "@/components/state/notice";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogActions } from "@/components/ui/dialog";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";

import type { NewKey } from "../data/keys";
import { type Example, example } from "./examples";

const EXAMPLES: readonly Example[] = ["curl", "python", "shell"];

/** The key itself, which nobody can show again, and what to try it with. */
export function ShownOnce({ made, onDone }: { made: NewKey; onDone: () => void }) {
  const t = useTranslations("projects");
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <Notice tone="warn">{t("keys.shown.warning")}</Notice>
      <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-sunken p-3">
        <code className="min-w-0 flex-1 basis-60 font-mono text-sm break-all select-all">{made.key}</code>
        <CopyButton look="primary" text={made.key} />
      </div>
      <div className="min-w-0">
        <h3 className="pb-1 text-base font-semibold">{t("keys.shown.try")}</h3>
        <Tabs defaultValue="curl">
          <TabList aria-label={t("keys.shown.try")}>
            {EXAMPLES.map((kind) => (
              <Tab key={kind} value={kind}>
                {t(`keys.shown.kinds.${kind}`)}
              </Tab>
            ))}
          </TabList>
          {EXAMPLES.map((kind) => (
            <TabPanel key={kind} value={kind} className="pt-3">
              <Snippet text={example(kind, window.location.origin, made.key)} />
            </TabPanel>
          ))}
        </Tabs>
        {!made.scopes.includes("upload") && (
          <p className="pt-2 text-[0.8125rem] text-ink-faint">{t("keys.shown.needsUpload")}</p>
        )}
      </div>
      <DialogActions>
        <Button look="primary" onClick={onDone}>
          {t("keys.shown.done")}
        </Button>
      </DialogActions>
    </div>
  );
}

function Snippet({ text }: { text: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <pre className="rounded-lg border border-line bg-sunken p-3 font-mono text-[0.8125rem] leading-relaxed wrap-anywhere whitespace-pre-wrap">
        {text}
      </pre>
      <CopyButton text={text} className="self-end" />
    </div>
  );
}
