import { expect, test } from "vitest";

import type { System } from "../data/system";
import { concernsOf } from "./concerns";

const NOW = new Date("2026-11-21T12:00:00Z");
const WELL: System = {
  version: "0.4.0",
  dependencies: { postgres: { up: true }, redis: { up: true }, s3: { up: true } },
  workers: ["gpu", "scheduler"].map((role) => ({
    role,
    name: `host:${role}`,
    host: "host",
    pid: 1,
    jobs: [],
  })),
  jobs: { by_status: { QUEUED: 0, RUNNING: 1 }, oldest_queued_at: null, failed_last_day: 0 },
  storage: { recordings: 1, bytes_of_recordings: 1, disk: { total: 100, free: 50 } },
  uploads_in_progress: 0,
};

test("nothing is of concern where all is well", () => {
  expect(concernsOf(WELL, NOW)).toEqual([]);
});

test("a server that is down comes first", () => {
  const dependencies = { ...WELL.dependencies, redis: { up: false, problem: "ConnectionError" } };
  expect(concernsOf({ ...WELL, dependencies, workers: [] }, NOW)).toEqual([
    "serverDown",
    "noWorker",
    "noScheduler",
  ]);
});

test.each([
  [5, "diskNearlyFull"],
  [1, "diskFull"],
])("a disk with %i % left is of concern", (free, concern) => {
  expect(concernsOf({ ...WELL, storage: { ...WELL.storage, disk: { total: 100, free } } }, NOW)).toEqual([
    concern,
  ]);
});

test("a disk that nobody can see is none", () => {
  expect(concernsOf({ ...WELL, storage: { ...WELL.storage, disk: null } }, NOW)).toEqual([]);
});

test("what waits for more than an hour and what failed is told", () => {
  const jobs = { ...WELL.jobs, oldest_queued_at: "2026-11-21T10:00:00Z", failed_last_day: 2 };
  expect(concernsOf({ ...WELL, jobs }, NOW)).toEqual(["waitsLong", "failures"]);
});
