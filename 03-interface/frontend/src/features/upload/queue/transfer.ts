/** One attempt to send a recording, or the rest of it, by tus. */
import type { DetailedError, HttpResponse } from "tus-js-client";

import { networkProblem, type Problem, problemOf } from "@/api/problem";

import type { Metadata } from "./item";

export interface Sending {
  file: File;
  metadata: Metadata;
  /** Where the upload stands already; null: begin one. */
  address: string | null;
  onAddress: (address: string) => void;
  onProgress: (sent: number) => void;
  onArrived: (meetingId: string | null) => void;
  onProblem: (problem: Problem) => void;
}

/** Stop sending; what has arrived stays. */
export type Stop = () => void;

/** A whole number of the gateway's parts: between two of them, the session can be renewed. */
const CHUNK_BYTES = 64 << 20;

/** Begins at once; exactly one of `onArrived` and `onProblem` follows, unless it is stopped. */
export function send(sending: Sending): Stop {
  let stopped = false;
  let stop: Stop = () => undefined;

  async function begin() {
    const { Upload } = await import("tus-js-client");
    if (stopped) {
      return;
    }
    const upload = new Upload(sending.file, {
      // Never both: with an endpoint at hand, tus-js-client begins anew when it is refused the rest.
      ...(sending.address
        ? { uploadUrl: sending.address }
        : { endpoint: `${window.location.origin}/api/v1/uploads` }),
      metadata: sending.metadata,
      chunkSize: CHUNK_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => {
        if (upload.url) {
          sending.onAddress(upload.url);
        }
      },
      onProgress: (sent) => sending.onProgress(sent),
      onSuccess: ({ lastResponse }) => sending.onArrived(lastResponse.getHeader("Upload-Meeting") ?? null),
      onError: (error) => void problemIn(error).then((problem) => !stopped && sending.onProblem(problem)),
    });
    stop = () => void upload.abort();
    upload.start();
  }

  begin().catch(() => {
    if (!stopped) {
      sending.onProblem(networkProblem());
    }
  });
  return () => {
    stopped = true;
    stop();
  };
}

async function problemIn(error: Error | DetailedError): Promise<Problem> {
  const response = "originalResponse" in error ? error.originalResponse : null;
  return response && response.getStatus() >= 400 ? problemOf(asFetched(response)) : networkProblem();
}

function asFetched(response: HttpResponse): Response {
  return new Response(response.getBody(), {
    status: response.getStatus(),
    headers: { "retry-after": response.getHeader("Retry-After") ?? "" },
  });
}
