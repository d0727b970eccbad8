"use client";

import { useLocale } from "next-intl";
import { useEffect } from "react";

/** Which build this is; empty while developing. */
const BUILD = process.env.SCRIBE_BUILD_ID ?? "";

/** Registers the worker that shows a page of our own when the server is away; never while developing. */
export function ServiceWorker() {
  const locale = useLocale();
  useEffect(() => {
    if (BUILD && "serviceWorker" in navigator) {
      void navigator.serviceWorker
        .register(`/sw.js?build=${BUILD}`)
        .then((registration) => registration.active?.postMessage("refresh"))
        .catch(() => undefined); // a browser that forbids it works without
    }
  }, [locale]);
  return null;
}
