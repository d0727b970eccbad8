/** Open a transcript: the document, and what earlier pages left unsaved on top of it, one after the other. */
import { Problem } from "@/api/problem";

import { localised } from "./answers";
import type { TranscriptGateway } from "./gateway";
import { Names } from "./names";
import { TranscriptStore } from "./store";
import type { Pending } from "./types";
import type { Kept, Leftover, Vault } from "./vault";

/** Throws Problem. */
export async function openTranscript(
  meetingId: string,
  gateway: TranscriptGateway,
  vault: Vault,
): Promise<TranscriptStore> {
  const leftovers = await vault.leftovers().catch((): Leftover[] => []);
  for (const [place, leftover] of leftovers.entries()) {
    const document = await gateway.read(leftover.kept.revision).catch(currentIfMissing(gateway));
    const kept = { ...leftover.kept, pending: await complete(leftover.kept, gateway) };
    const store = new TranscriptStore({ meetingId, document, gateway, vault, kept });
    if (await vault.keep(store.kept())) {
      await leftover.forget();
    }
    store.flush();
    if (place === leftovers.length - 1 || !(await saved(store))) {
      return store;
    }
  }
  const document = await gateway.read();
  return new TranscriptStore({ meetingId, document, gateway, vault });
}

/** Whether all is saved, once that is known; else it waits for somebody, or for the gateway. */
function saved(store: TranscriptStore): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      const { state } = store.saving;
      if (state === "pending" || state === "saving") return;
      unsubscribe();
      resolve(!store.unsaved);
    };
    const unsubscribe = store.subscribe(look);
    look();
  });
}

/** Revisions stay as long as their meeting; should one be gone all the same, the current one is what there is. */
function currentIfMissing(gateway: TranscriptGateway) {
  return (error: unknown) => {
    if (error instanceof Problem && error.code === "REVISION_NOT_FOUND") {
      return gateway.read();
    }
    throw error;
  };
}

/** The edits, with the contents of revisions that they go back to. */
async function complete(kept: Kept, gateway: TranscriptGateway): Promise<Pending[]> {
  const names = new Names();
  kept.names.forEach(([theirs, ours]) => names.bind(theirs, ours));
  const pending: Pending[] = [];
  for (const edit of kept.pending) {
    const { operation } = edit;
    if (operation.op === "restore") {
      const contents = localised(await gateway.read(operation.revision), names);
      pending.push({ ...edit, operation: { ...operation, contents } });
    } else {
      pending.push(edit);
    }
  }
  return pending;
}
