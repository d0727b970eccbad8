/** Leaving: the session ends, and no tab of this browser keeps what it showed. */
import { api } from "./client";
import { tellOtherTabs } from "./other-tabs";

export const SIGN_IN = "/sign-in";

const unfinished = new Set<() => Promise<void>>();

/** Have something done first whenever somebody signs out, while there is still a session. */
export function beforeSignOut(act: () => Promise<void>): void {
  unfinished.add(act);
}

/** End the session here. Raises Problem. */
export async function signOut(): Promise<void> {
  await finish();
  await api.POST("/api/v1/auth/logout", { body: {} });
  leave();
}

/** End every session of the account. Raises Problem. */
export async function signOutEverywhere(): Promise<void> {
  await finish();
  await api.POST("/api/v1/auth/sign-out-everywhere");
  leave();
}

/** Where one signs in, to come back to this very page; loading it anew forgets all that was in memory. */
export function signInAndBack(): string {
  const { pathname, search, hash } = window.location;
  return `${SIGN_IN}?next=${encodeURIComponent(pathname + search + hash)}`;
}

/** What fails has told so itself, and keeps nobody from leaving. */
async function finish(): Promise<void> {
  await Promise.allSettled([...unfinished].map((act) => act()));
}

function leave(): void {
  tellOtherTabs({ type: "signed-out" });
  window.location.assign(SIGN_IN);
}
