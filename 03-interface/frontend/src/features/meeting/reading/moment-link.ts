/** Addresses of a second of a meeting: what search results lead to, and what "copy link" gives. */

export interface AskedMoment {
  seconds: number | null;
  segment: number | null;
  play: boolean;
}

/** What `?t=`, `?segment=` and `?play=1` ask for. */
export function askedMoment(query: { get(name: string): string | null }): AskedMoment {
  return {
    seconds: numberOf(query.get("t")),
    segment: numberOf(query.get("segment")),
    play: query.get("play") === "1",
  };
}

/** `segment` is undefined as long as the gateway does not know it: then the second has to do. */
export function momentAddress(
  origin: string,
  meetingId: string,
  seconds: number,
  segment: number | undefined,
): string {
  const place = segment === undefined ? "" : `&segment=${segment}`;
  return `${origin}/meetings/${meetingId}?t=${Number(seconds.toFixed(2))}${place}`;
}

function numberOf(text: string | null): number | null {
  const number = text === null || text === "" ? NaN : Number(text);
  return Number.isFinite(number) && number >= 0 ? number : null;
}
