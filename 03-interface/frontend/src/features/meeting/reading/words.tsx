import { memo } from "react";

import type { Segment } from "../model/types";
import { pieces } from "./pieces";

const UNSURE_BELOW = 0.5;

/** The words of a segment, each of which can be found again by its place: `data-word`. */
export const Words = memo(function Words({ segment }: { segment: Segment }) {
  return pieces(segment).map(({ text, word }, index) =>
    word === null ? (
      text
    ) : (
      <span
        key={index}
        data-word={word}
        data-unsure={(segment.words[word]?.confidence ?? 1) < UNSURE_BELOW || undefined}
      >
        {text}
      </span>
    ),
  );
});
