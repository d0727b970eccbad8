import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { networkProblem, Problem } from "@/api/problem";

import { FakeGateway, FakeVault, contentsOf, said } from "./fixtures";
import { openTranscript } from "./open";
import { keepMine } from "./resolve";
import type { TranscriptStore } from "./store";
import type { Operation } from "./types";

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed + 1);
const ROUNDS = 25;

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function anyOperation(store: TranscriptStore, roll: () => number): Operation {
  const place = Math.floor(roll() * store.segments.length);
  const segment = store.segments[place]?.id ?? 1;
  const next = store.segments[place + 1]?.id ?? segment;
  const speaker = roll() < 0.5 ? "S1" : "S2";
  const all: Operation[] = [
    { op: "edit_text", segment, text: `word ${Math.floor(roll() * 1000)} of many` },
    { op: "edit_text", segment, text: "the same words" },
    { op: "split_segment", segment, at: 1 },
    { op: "merge_segments", segment, next },
    { op: "delete_segment", segment },
    { op: "set_speaker", segment, speaker },
    { op: "rename_speaker", speaker, name: `Name ${Math.floor(roll() * 100)}` },
    { op: "review", segment, reviewed: roll() < 0.5 },
  ];
  return all[Math.floor(roll() * all.length)] ?? { op: "delete_segment", segment };
}

/** What a reader sees, and the gateway's ids. */
function read(store: TranscriptStore) {
  return store.segments.map(({ id, text, speaker, flags }) => [store.gatewayId(id), text, speaker, flags]);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each(SEEDS)(
  "two people who edit, undo, lose answers and reload see the same in the end (seed %i)",
  async (seed) => {
    const roll = dice(seed);
    const gateway = new FakeGateway(
      contentsOf(...[1, 2, 3, 4, 5, 6].map((id) => said(id, `here are ${id} words`))),
    );
    const vaults = [new FakeVault(), new FakeVault()];
    const stores = await Promise.all(vaults.map((vault) => openTranscript("m", gateway, vault)));

    for (let round = 0; round < ROUNDS; round += 1) {
      const who = roll() < 0.5 ? 0 : 1;
      const [store, vault] = [stores[who], vaults[who]];
      if (!store || !vault) throw new Error("nobody");
      const chance = roll();
      if (chance < 0.15) store.undo();
      else if (chance < 0.2) store.redo();
      else if (chance < 0.28) gateway.failures.push("lost");
      else if (chance < 0.32) gateway.failures.push(networkProblem());
      else if (chance < 0.35) {
        gateway.failures.push(new Problem(503, { code: "DATABASE_UNAVAILABLE", message: "" }));
      } else if (chance < 0.4) {
        store.close();
        if (vault.kept) vault.left = [vault.kept];
        gateway.failures = [];
        stores[who] = await openTranscript("m", gateway, vault);
      } else store.edit([anyOperation(store, roll)]);
      if (roll() < 0.4) await vi.advanceTimersByTimeAsync(roll() * 3_000);
      if (roll() < 0.3) stores.forEach((one) => one.follow(gateway.newest.revision));
    }

    for (let again = 0; again < 20; again += 1) {
      await vi.advanceTimersByTimeAsync(60_000);
      for (const store of stores) {
        const [conflict] = store.conflicts;
        if (conflict) store.resolve(conflict, roll() < 0.5 ? keepMine(conflict, store) : []);
        store.follow(gateway.newest.revision);
      }
    }
    const written = gateway.newest.segments.map(({ id, text, speaker, flags }) => [id, text, speaker, flags]);
    stores.forEach((store) => {
      expect(store.saving).toEqual({ state: "saved" });
      expect(read(store)).toEqual(written);
    });
  },
);
