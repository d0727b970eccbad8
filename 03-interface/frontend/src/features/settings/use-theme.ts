"use client";

import { useSyncExternalStore } from "react";

import { asTheme, type Theme } from "@/lib/theme";

/** The theme that the page shows, whoever chose it. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, shown, () => "system");
}

function subscribe(listener: () => void): () => void {
  const watch = new MutationObserver(listener);
  watch.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => watch.disconnect();
}

function shown(): Theme {
  return asTheme(document.documentElement.dataset["theme"]);
}
