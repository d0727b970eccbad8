/** What the tabs of one browser tell one another: they share the session's cookies, so it ends for all. */

export type Said = { type: "signed-in"; user: string } | { type: "signed-out" };

const CHANNEL = "scribe-session";

let channel: BroadcastChannel | null = null;

/** A channel does not hear itself, so one for the whole tab. */
function open(): BroadcastChannel {
  channel ??= new BroadcastChannel(CHANNEL);
  return channel;
}

export function tellOtherTabs(said: Said): void {
  open().postMessage(said);
}

/** Be told what the others say; returns how to stop listening. */
export function onOtherTabs(listener: (said: Said) => void): () => void {
  const here = open();
  const hear = (event: MessageEvent<Said>) => listener(event.data);
  here.addEventListener("message", hear);
  return () => here.removeEventListener("message", hear);
}
