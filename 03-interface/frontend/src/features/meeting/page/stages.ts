/** How far the processing of a meeting has come, stage by stage. */
import type { Meeting } from "@/api/meetings";

export const STAGES = ["convert", "diarise", "transcribe", "fuse", "publish"] as const;
export type Stage = (typeof STAGES)[number];

export type StageState = "done" | "now" | "next";

/** Each stage with its state and, where that is known, the seconds it took. */
export function stagesOf({
  stage,
  timings,
}: Pick<Meeting, "stage" | "timings">): { stage: Stage; state: StageState; seconds: number | null }[] {
  const now = STAGES.findIndex((one) => one === stage);
  return STAGES.map((one, place) => {
    const seconds = timings[one] ?? null;
    if (place === now) {
      return { stage: one, state: "now" as const, seconds: null };
    }
    const done = seconds !== null || place < now;
    return { stage: one, state: done ? ("done" as const) : ("next" as const), seconds };
  });
}

/** Whether the recording can be heard: from when it was converted on. */
export function hasAudio(meeting: Pick<Meeting, "revision" | "stage" | "timings">): boolean {
  return meeting.revision !== null || stagesOf(meeting)[0]?.state === "done";
}

/** What is to be said of a meeting whose transcript is being made. */
export function headlineOf({
  status,
  stage,
  revision,
}: Pick<Meeting, "status" | "stage" | "revision">):
  "uploading" | "waiting" | "pending" | "running" | "again" {
  if (status === "UPLOADING") return "uploading";
  if (stage === "waiting") return "waiting";
  if (status !== "PROCESSING") return "pending";
  return revision === null ? "running" : "again";
}
