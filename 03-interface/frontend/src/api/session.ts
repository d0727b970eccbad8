/** The session's tokens are cookies that no script sees; this renews them before or when they run out. */
import { networkProblem, Problem, problemOf } from "./problem";

type Listener = () => void;

const REFRESH = "/api/v1/auth/refresh";
const LOCK = "scribe-refresh";
const MARGIN_S = 60;
/** Renewed in half a minute: of a token whose age nobody knows, and after a network that was dead. */
const SOON_S = MARGIN_S + 30;

const lost = new Set<Listener>();
const regained = new Set<Listener>();
/** Whether this page has shown somebody's work: from then on, a session that ends is waited for. */
let inside = false;
let refreshing: Promise<boolean> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Be told when the session is over; returns how to stop listening. */
export function onSessionLost(listener: Listener): () => void {
  lost.add(listener);
  return () => lost.delete(listener);
}

/** Somebody is signed in here: from now on, what meets the session's end is sent again after its renewal. */
export function settleIn(): void {
  inside = true;
  if (timer === undefined) {
    keepAlive(SOON_S);
  }
}

/** The same person has signed in again. */
export function regain(): void {
  const waiting = [...regained];
  regained.clear();
  waiting.forEach((listener) => listener());
}

/** Resolves as soon as the same person has signed in again. */
export function signedInAgain(): Promise<void> {
  return new Promise((resolve) => regained.add(resolve));
}

/** Renew the tokens a minute before the access token runs out, for what cannot renew by itself: media. */
export function keepAlive(expiresInSeconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void renew(), Math.max(1, expiresInSeconds - MARGIN_S) * 1000);
}

async function renew(): Promise<void> {
  try {
    await refresh();
  } catch {
    keepAlive(SOON_S);
  }
}

/** Whether there is a session again. One refresh at a time in all tabs; a dead network throws Problem. */
export function refresh(): Promise<boolean> {
  refreshing ??= inTurn(refreshNow).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function inTurn(act: () => Promise<boolean>): Promise<boolean> {
  return "locks" in navigator ? navigator.locks.request(LOCK, act) : act();
}

async function refreshNow(): Promise<boolean> {
  const response = await fetch(REFRESH, { method: "POST" }).catch(() => {
    throw networkProblem();
  });
  if (response.ok) {
    keepAlive(((await response.json()) as { expires_in: number }).expires_in);
    return true;
  }
  const problem = await problemOf(response);
  if (problem.mayPass) {
    throw problem;
  }
  clearTimeout(timer);
  timer = undefined;
  lost.forEach((listener) => listener());
  return false;
}

/**
 * `fetch` within the session: a request whose access token ran out is sent again with a new one, and one
 * whose session ended waits until its owner has signed in again, so that an edit in the middle is not lost.
 * Raises Problem for everything but success, 304 included in success.
 */
export async function sessionFetch(input: Request): Promise<Response> {
  const again = input.clone();
  const response = await sent(input);
  if (response.status !== 401 || input.url.includes("/api/v1/auth/login")) {
    return checked(response);
  }
  const problem = await problemOf(response);
  if (!(await refresh())) {
    if (!inside) {
      throw problem;
    }
    await signedInAgain();
  }
  return checked(await sent(again));
}

async function sent(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") {
      throw error;
    }
    throw networkProblem();
  }
}

async function checked(response: Response): Promise<Response> {
  if (response.ok || response.status === 304) {
    return response;
  }
  throw await problemOf(response);
}

export { Problem };
