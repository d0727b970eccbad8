"use client";

import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";

import { useUploadItems, useUploads } from "../uploads-context";
import { Announcer } from "./announcer";
import { UploadRow } from "./upload-row";

/** Where the focus goes when files are sent off and their form vanishes. */
export const UPLOADS_TITLE = "uploads-title";

/** Everything that was handed in from this tab and not taken off the list. */
export function UploadList() {
  const t = useTranslations("upload.list");
  const { queue } = useUploads();
  const items = useUploadItems();
  const done = items.filter((item) => item.phase === "done");
  return (
    <section aria-labelledby={UPLOADS_TITLE} hidden={items.length === 0} className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <h2 id={UPLOADS_TITLE} tabIndex={-1} className="scroll-mt-20 text-lg outline-none">
          {t("title")}
        </h2>
        {done.length > 1 && (
          <Button look="quiet" size="small" onClick={() => done.forEach(({ id }) => queue.cancel(id))}>
            {t("clear")}
          </Button>
        )}
      </div>
      <ul className="flex flex-col gap-2">
        {items.map((item) => (
          <UploadRow key={item.id} item={item} />
        ))}
      </ul>
      <Announcer items={items} />
    </section>
  );
}
