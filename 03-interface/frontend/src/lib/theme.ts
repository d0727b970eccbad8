/** Daylight, dark, or as the system has it: a cookie, so that the server draws the first page right. */

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_COOKIE = "scribe_theme";

export function asTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}

/** Show the page in this theme now, and remember it. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  remember(THEME_COOKIE, theme);
}

const YEAR_S = 365 * 24 * 3600;

/** Keep a preference of this browser for a year; the server reads it when it draws the page. */
export function remember(cookie: string, value: string): void {
  document.cookie = `${cookie}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
