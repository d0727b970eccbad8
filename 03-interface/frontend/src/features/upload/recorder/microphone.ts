/** The microphone, or why there is none. */

export type MicrophoneProblem = "insecure" | "unsupported" | "refused" | "none" | "busy" | "lost";

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS_PER_SECOND = 96_000;

/** What stands in the way before anybody is asked; null: nothing. */
export function obstacle(): MicrophoneProblem | null {
  if (!window.isSecureContext) return "insecure";
  // Old browsers lack what the types promise.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return devices && "MediaRecorder" in window ? null : "unsupported";
}

/** Raises DOMException; see `problemOf`. A room is recorded as it sounds, only louder where it is faint. */
export function listen(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: true },
  });
}

export function recorderFor(stream: MediaStream): MediaRecorder {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  return new MediaRecorder(stream, {
    ...(mimeType ? { mimeType } : {}),
    audioBitsPerSecond: BITS_PER_SECOND,
  });
}

export function problemOf(error: unknown): MicrophoneProblem {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  return "busy";
}
