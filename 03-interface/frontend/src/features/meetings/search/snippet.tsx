import { pieces } from "./highlight";
import type { Hit } from "./use-search";

/** Text with what was searched for marked in it. */
export function Snippet({ snippet }: { snippet: Hit["title"] }) {
  return (
    <>
      {snippet.cut_before && "… "}
      {pieces(snippet.text, snippet.ranges).map(({ text, found }, place) =>
        found ? (
          <mark key={place} className="rounded-sm bg-mark text-ink">
            {text}
          </mark>
        ) : (
          text
        ),
      )}
      {snippet.cut_after && " …"}
    </>
  );
}
