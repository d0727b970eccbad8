import { useSyncExternalStore } from "react";

/** Something that changes whenever the page's colours do, for what draws them itself. */
export function useTheme(): string {
  return useSyncExternalStore(subscribe, current, () => "");
}

const DARK = "(prefers-color-scheme: dark)";

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = window.matchMedia(DARK);
  system.addEventListener("change", listener);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", listener);
  };
}

function current(): string {
  return `${document.documentElement.dataset["theme"] ?? ""} ${window.matchMedia(DARK).matches}`;
}
