/** The waveform that the gateway keeps of every recording: nothing is decoded in the browser. */
import { useQuery } from "@tanstack/react-query";

import { sessionFetch } from "@/api/session";

const HIGHEST = 255;

interface Peaks {
  /** Seconds. */
  duration: number;
  /** 0-255 each, evenly spread over the duration. */
  peaks: number[];
}

export const peaksKey = (meetingId: string) => ["meetings", meetingId, "peaks"] as const;

export function usePeaks(meetingId: string) {
  return useQuery({
    queryKey: peaksKey(meetingId),
    queryFn: async ({ signal }) => {
      const address = `${window.location.origin}/api/v1/meetings/${meetingId}/peaks`;
      return (await (await sessionFetch(new Request(address, { signal }))).json()) as Peaks;
    },
    staleTime: Infinity,
  });
}

/** At most `count` values from 0 to 1, the loudest of each stretch. */
export function thinned(peaks: readonly number[], count: number): Float32Array {
  const step = Math.max(1, Math.ceil(peaks.length / count));
  const found = new Float32Array(Math.ceil(peaks.length / step));
  peaks.forEach((peak, index) => {
    const place = Math.floor(index / step);
    found[place] = Math.max(found[place] ?? 0, peak / HIGHEST);
  });
  return found;
}
