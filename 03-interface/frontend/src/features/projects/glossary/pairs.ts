/** Pairs of what engines hear and what is meant: read from pasted text, found, replaced. */
import type { Schemas } from "@/api/client";

import { PAIR_LENGTH } from "../limits";

export type Pair = Schemas["GlossaryEntry"];

/** Between heard and meant: an arrow, a tab, an equals sign, else a semicolon or a comma. */
const BETWEEN = [/\s*(?:→|->|=>)\s*/, /\s*\t+\s*/, /\s*=\s*/, /\s*;\s*/, /\s*,\s*/];

export interface Pasted {
  pairs: Pair[];
  /** Numbers of the lines that are no pairs, counted from 1. */
  unread: number[];
}

/** One pair a line; a line that says the same as one before replaces it. */
export function pasted(text: string): Pasted {
  const pairs = new Map<string, Pair>();
  const unread: number[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "") {
      return;
    }
    const pair = pairOf(line);
    if (pair) {
      pairs.set(same(pair.heard), pair);
    } else {
      unread.push(index + 1);
    }
  });
  return { pairs: [...pairs.values()], unread };
}

function pairOf(line: string): Pair | null {
  const between = BETWEEN.find((pattern) => pattern.test(line.trim()));
  const [heard = "", ...rest] = between ? line.trim().split(between) : [];
  const pair = { heard: tidy(heard), meant: tidy(rest.join(" ")) };
  return isPair(pair) ? pair : null;
}

export function tidy(term: string): string {
  return term
    .trim()
    .replace(/\s+/g, " ")
    .replace(/^"(.*)"$/, "$1");
}

export function isPair({ heard, meant }: Pair): boolean {
  return [heard, meant].every((term) => term !== "" && term.length <= PAIR_LENGTH);
}

/** Two that are heard the same are one, whatever their case. */
export function same(heard: string): string {
  return heard.toLocaleLowerCase();
}

/** The pairs with those added: one that is heard already means the new thing, in its old place. */
export function withPairs(pairs: readonly Pair[], added: readonly Pair[]): Pair[] {
  const all = new Map(pairs.map((pair) => [same(pair.heard), pair]));
  added.forEach((pair) => all.set(same(pair.heard), pair));
  return [...all.values()];
}

export function withoutPair(pairs: readonly Pair[], heard: string): Pair[] {
  return pairs.filter((pair) => same(pair.heard) !== same(heard));
}

/** The pairs with one of them rewritten in its place, and no second one that is heard the same. */
export function replacePair(pairs: readonly Pair[], heard: string, pair: Pair): Pair[] {
  return pairs
    .filter((one) => same(one.heard) === same(heard) || same(one.heard) !== same(pair.heard))
    .map((one) => (same(one.heard) === same(heard) ? pair : one));
}

export function matching(pairs: readonly Pair[], looked: string): Pair[] {
  const wanted = looked.trim().toLocaleLowerCase();
  return pairs.filter(({ heard, meant }) =>
    [heard, meant].some((term) => term.toLocaleLowerCase().includes(wanted)),
  );
}
