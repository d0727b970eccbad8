/** What the queue asks the gateway beside sending: what became of an upload, and to forget it. */
import { answer, api, type Schemas } from "@/api/client";
import { Problem } from "@/api/problem";

export type UploadTold = Schemas["UploadRead"];

const LOCKED = 423;
const PATIENCE_MS = [500, 1_000, 2_000, 4_000];

export function tell(address: string): Promise<UploadTold> {
  return answer(api.GET("/api/v1/uploads/{upload_id}", { params: { path: { upload_id: idIn(address) } } }));
}

/** Remove what has arrived; the request that was just stopped may hold it for a moment. */
export async function end(address: string): Promise<void> {
  for (const pause of [...PATIENCE_MS, null]) {
    try {
      await api.DELETE("/api/v1/uploads/{upload_id}", {
        params: { path: { upload_id: idIn(address) }, header: { "tus-resumable": "1.0.0" } },
      });
      return;
    } catch (error) {
      if (pause === null || !(error instanceof Problem) || error.status !== LOCKED) {
        return; // The gateway forgets uploads that nobody continues.
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function idIn(address: string): string {
  return address.slice(address.lastIndexOf("/") + 1);
}
