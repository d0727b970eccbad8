/** When a new key ends. */

export const EXPIRIES = ["30", "90", "365", "date", "never"] as const;
export type Expiry = (typeof EXPIRIES)[number];

/** The moment for the gateway: in so many days, or at the end of a day in the reader's own time zone. */
export function expiresAt(expiry: Expiry, day: string, now: Date): string | null {
  if (expiry === "never") {
    return null;
  }
  if (expiry === "date") {
    return new Date(`${day}T23:59:59`).toISOString();
  }
  return new Date(now.getTime() + Number(expiry) * 86_400_000).toISOString();
}

/** The first day that can be chosen, as a date field has it. */
export function firstDay(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}

export type KeyState = "good" | "revoked" | "expired";

export function stateOf(key: { revoked_at: string | null; expires_at: string | null }, now: Date): KeyState {
  if (key.revoked_at) {
    return "revoked";
  }
  return key.expires_at && new Date(key.expires_at) <= now ? "expired" : "good";
}
