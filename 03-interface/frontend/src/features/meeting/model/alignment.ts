/** Which words of two texts are the same: a longest common subsequence, found in bounded time. */

/** `size` tokens that both have, from `before` in the one and from `after` in the other. */
export interface Match {
  readonly before: number;
  readonly after: number;
  readonly size: number;
}

const LARGEST_TABLE = 4_000_000;

/** As many equal tokens as can be matched in order; the last match is empty and lies at both ends. */
export function matches(before: readonly string[], after: readonly string[]): Match[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const inner = common(before.slice(head, before.length - tail), after.slice(head, after.length - tail)).map(
    (match) => ({ ...match, before: match.before + head, after: match.after + head }),
  );
  return [
    { before: 0, after: 0, size: head },
    ...inner,
    { before: before.length - tail, after: after.length - tail, size: tail },
    { before: before.length, after: after.length, size: 0 },
  ].filter(({ size }, place, all) => size > 0 || place === all.length - 1);
}

/** Texts too long for a table of all pairs have nothing in common here; the gateway's answer knows better. */
function common(before: readonly string[], after: readonly string[]): Match[] {
  const width = after.length + 1;
  if (before.length === 0 || after.length === 0 || before.length * after.length > LARGEST_TABLE) {
    return [];
  }
  const longest = new Uint16Array((before.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found: Match[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i] === after[j]) {
      found.push({ before: i, after: j, size: 1 });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      i += 1;
    } else {
      j += 1;
    }
  }
  return found;
}
