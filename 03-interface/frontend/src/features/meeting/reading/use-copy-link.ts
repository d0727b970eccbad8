"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";

import type { TranscriptStore } from "../model/store";
import type { Segment } from "../model/types";
import { momentAddress } from "./moment-link";

/** Put the address of a segment's first second onto the clipboard, and say so. */
export function useCopyLink(store: TranscriptStore): (segment: Segment, seconds?: number) => void {
  const t = useTranslations("meeting.reading");
  return useCallback(
    (segment: Segment, seconds = segment.start) => {
      const address = momentAddress(
        window.location.origin,
        store.meetingId,
        seconds,
        store.gatewayId(segment.id),
      );
      // Without TLS, browsers offer a clipboard on loopback only: then the address bar shows the link.
      const copied = window.isSecureContext
        ? navigator.clipboard.writeText(address)
        : Promise.reject(new Error("no clipboard"));
      copied.then(
        () => toast(t("linkCopied")),
        () => {
          window.history.replaceState(null, "", address);
          toast(t("linkShown"));
        },
      );
    },
    [store, t],
  );
}
