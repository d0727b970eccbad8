/** The languages of the interface, and how a request's language is chosen. */

export const LOCALES = ["en", "fr"] as const;
export type Locale = (typeof LOCALES)[number];
export const LOCALE_COOKIE = "scribe_locale";
/** What each language calls itself. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: "English", fr: "Français" };

/** The cookie's language; else the first that the browser asks for and we have; else English. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const wanted = [cookie ?? "", ...byWeight(acceptLanguage ?? "")];
  for (const tag of wanted) {
    const found = LOCALES.find((locale) => tag.toLowerCase().split("-")[0] === locale);
    if (found) {
      return found;
    }
  }
  return "en";
}

function byWeight(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(",")
    .map((part) => {
      const [tag = "", weight = "q=1"] = part.trim().split(";");
      return { tag, weight: Number(weight.replace(/^\s*q=/, "")) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
