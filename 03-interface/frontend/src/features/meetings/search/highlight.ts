/** A piece of text, and whether it is what was searched for. */
export interface Piece {
  text: string;
  found: boolean;
}

/** Cut text where something was found; `ranges`, [from, to] each, are sorted, in Unicode code points. */
export function pieces(text: string, ranges: readonly (readonly number[])[]): Piece[] {
  const points = Array.from(text);
  const cut: Piece[] = [];
  let end = 0;
  for (const [from = 0, to = from] of ranges) {
    cut.push({ text: points.slice(end, from).join(""), found: false });
    cut.push({ text: points.slice(Math.max(end, from), to).join(""), found: true });
    end = Math.max(end, to);
  }
  cut.push({ text: points.slice(end).join(""), found: false });
  return cut.filter((piece) => piece.text !== "");
}
