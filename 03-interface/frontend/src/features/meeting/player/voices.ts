/** Who speaks along the waveform: stretches of one speaker, none narrower than can be seen. */

interface Turn {
  start: number;
  end: number;
  speaker: string | null;
}

export interface Voice {
  /** Parts of the whole duration, 0-1. */
  from: number;
  to: number;
  speaker: string | null;
}

/** `columns` places next to one another get the speaker who speaks longest there, runs of one are joined. */
export function voices(turns: readonly Turn[], duration: number, columns: number): Voice[] {
  const width = duration / columns;
  const longest = new Float64Array(columns);
  const speakers = new Array<string | null>(columns).fill(null);
  for (const { start, end, speaker } of turns) {
    const last = Math.min(columns - 1, Math.floor(end / width));
    for (let column = Math.max(0, Math.floor(start / width)); column <= last; column += 1) {
      const shared = Math.min(end, (column + 1) * width) - Math.max(start, column * width);
      if (shared > (longest[column] ?? 0)) {
        longest[column] = shared;
        speakers[column] = speaker;
      }
    }
  }
  const runs: Voice[] = [];
  speakers.forEach((speaker, column) => {
    const run = runs.at(-1);
    const to = (column + 1) / columns;
    if (run?.speaker === speaker) {
      run.to = to;
    } else {
      runs.push({ from: column / columns, to, speaker });
    }
  });
  return runs;
}
