/** About how high a segment will be, so that the scroll bar is nearly right before anything is drawn. */
import type { Segment } from "../model/types";
import { isFlag } from "./flag-names";

const LINE_PX = 28;
const TURN_PX = 48;
const GAP_PX = 4;
const FLAGS_PX = 30;
const CHARACTER_PX = 7.8;
/** What stands beside the text: the coloured bar and the actions, or on a phone the bar alone. */
const BESIDE_PX = { wide: 190, narrow: 16 };
const NARROW_PX = 640;
const LONGEST_LINE_PX = 672;

/** One height a segment, in pixels, in a column of this width. */
export function guessedHeights(segments: readonly Segment[], width: number): Float64Array {
  const beside = width < NARROW_PX ? BESIDE_PX.narrow : BESIDE_PX.wide;
  const characters = Math.max(20, Math.min(width - beside, LONGEST_LINE_PX) / CHARACTER_PX);
  return Float64Array.from(segments, ({ speaker, text, flags }, place) => {
    const lines = Math.max(1, Math.ceil(text.length / characters));
    const opensTurn = place === 0 || segments[place - 1]?.speaker !== speaker;
    return lines * LINE_PX + (opensTurn ? TURN_PX : GAP_PX) + (flags.some(isFlag) ? FLAGS_PX : 0);
  });
}
