/** A text's change, spelled in words. */
import type { Schemas } from "@/api/client";

import { matches } from "../model/alignment";
import { tokensOf } from "../model/wording";

export type Piece = Schemas["Piece"];

export function wordChanges(before: string, after: string): Piece[] {
  const [said, written] = [tokensOf(before), tokensOf(after)];
  const pieces: Piece[] = [];
  let [read, done] = [0, 0];
  const say = (kind: Piece["kind"], tokens: readonly string[]) => {
    if (tokens.length > 0) pieces.push({ kind, text: tokens.join(" ") });
  };
  for (const match of matches(said, written)) {
    say("removed", said.slice(read, match.before));
    say("added", written.slice(done, match.after));
    say("same", written.slice(match.after, match.after + match.size));
    read = match.before + match.size;
    done = match.after + match.size;
  }
  return pieces;
}
