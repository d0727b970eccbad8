/** The gateway's event stream, opened again when it breaks, and closed while nobody looks at the tab. */
import { refresh, signedInAgain } from "./session";

interface Listeners {
  /** It is up; `behind`: something may have happened that it does not tell any more. */
  onLive: (behind: boolean) => void;
  onTold: (event: string) => void;
  onAway: () => void;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;
/** Over HTTP/1.1 a browser opens six connections to us in all its tabs together, and a stream is one. */
const HIDDEN_MS = 10_000;

/** Returns how to stop listening. */
export function listenToEvents({ onLive, onTold, onAway }: Listeners): () => void {
  let source: EventSource | null = null;
  let last = "";
  let failures = 0;
  let behind = false;
  let asleep = false;
  let retrying: ReturnType<typeof setTimeout> | undefined;
  let fallingAsleep: ReturnType<typeof setTimeout> | undefined;
  /** Counts the closings, so that nothing is opened by what began before one. */
  let turn = 0;

  function open() {
    source = new EventSource(`/api/v1/events${last ? `?after=${encodeURIComponent(last)}` : ""}`);
    source.addEventListener("ready", (event: MessageEvent<string>) => {
      const { missed } = JSON.parse(event.data) as { missed: boolean };
      const unsure = missed || behind;
      last = event.lastEventId;
      failures = 0;
      behind = false;
      onLive(unsure);
    });
    for (const name of ["meeting", "meeting_deleted"]) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        last = event.lastEventId;
        onTold(event.data);
      });
    }
    source.onerror = () => {
      close();
      failures += 1;
      behind = true;
      onAway();
      const pause = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
      retrying = setTimeout(() => void reopen(), pause);
    };
  }

  function close() {
    turn += 1;
    clearTimeout(retrying);
    source?.close();
  }

  async function reopen() {
    const mine = turn;
    // An EventSource does not say why it failed: an access token that ran out is one of the reasons.
    const signedIn = await fetch("/api/v1/auth/me")
      .then(
        async (response) => (response.status === 401 ? refresh() : true),
        () => true,
      )
      .catch(() => true);
    if (!signedIn) {
      await signedInAgain();
    }
    if (mine === turn) {
      open();
    }
  }

  function look() {
    clearTimeout(fallingAsleep);
    if (document.visibilityState === "hidden") {
      fallingAsleep = setTimeout(sleep, HIDDEN_MS);
    } else if (asleep) {
      asleep = false;
      void reopen();
    }
  }

  function sleep() {
    asleep = true;
    behind ||= last === "";
    close();
  }

  open();
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    clearTimeout(fallingAsleep);
    close();
  };
}
