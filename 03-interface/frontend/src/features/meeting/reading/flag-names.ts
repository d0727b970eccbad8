/** Why a segment should be checked: the doubts of the engines, as flags name them. */
export const FLAGS = [
  "low_confidence",
  "over_silence",
  "repetition",
  "known_hallucination",
  "not_transcribed",
  "failed",
] as const;
export type Flag = (typeof FLAGS)[number];

export function isFlag(name: string): name is Flag {
  return (FLAGS as readonly string[]).includes(name);
}
