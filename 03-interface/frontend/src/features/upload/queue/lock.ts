/** One tab at a time. Where the browser has no locks (plain http beyond loopback), every tab gets them. */

export type Release = () => void;

/** Wait for the lock; null when `signal` ended the waiting. It is freed by the answer, or with the tab. */
export function hold(name: string, signal: AbortSignal): Promise<Release | null> {
  return taken(name, { signal });
}

/** The lock if it is free, else null. */
export function holdIfFree(name: string): Promise<Release | null> {
  return taken(name, { ifAvailable: true });
}

function taken(name: string, options: LockOptions): Promise<Release | null> {
  if (!("locks" in navigator)) {
    return Promise.resolve(() => undefined);
  }
  return new Promise((resolve) => {
    navigator.locks
      .request(name, options, async (lock) => {
        if (lock) {
          await new Promise<void>((release) => resolve(release));
        } else {
          resolve(null);
        }
      })
      .catch(() => resolve(null));
  });
}
