/** What an operator should look at, the worst first. */
import type { System } from "../data/system";

export type Concern =
  "serverDown" | "noWorker" | "noScheduler" | "diskFull" | "diskNearlyFull" | "failures" | "waitsLong";

const FULL = 0.98;
const NEARLY_FULL = 0.9;
const LONG_MS = 60 * 60_000;

/** Reasons for which nothing works as it should. */
export const GRAVE: ReadonlySet<Concern> = new Set(["serverDown", "noWorker", "diskFull"]);

export function concernsOf(system: System, now: Date): Concern[] {
  const used = diskShare(system) ?? 0;
  const oldest = system.jobs.oldest_queued_at;
  const has = (role: string) => system.workers.some((worker) => worker.role === role);
  const found: [Concern, boolean][] = [
    ["serverDown", Object.values(system.dependencies).some(({ up }) => !up)],
    ["noWorker", !has("gpu")],
    ["diskFull", used >= FULL],
    ["noScheduler", !has("scheduler")],
    ["diskNearlyFull", used >= NEARLY_FULL && used < FULL],
    ["waitsLong", oldest !== null && now.getTime() - new Date(oldest).getTime() > LONG_MS],
    ["failures", system.jobs.failed_last_day > 0],
  ];
  return found.filter(([, holds]) => holds).map(([concern]) => concern);
}

/** How full the disk is, 0-1; null: nobody knows. */
export function diskShare({ storage: { disk } }: System): number | null {
  return disk && disk.total > 0 ? 1 - disk.free / disk.total : null;
}
