/** What may be chosen of an exported transcript, and the address that gives it. */
import type { Schemas } from "@/api/client";

export type Format = Schemas["TranscriptFormat"];
export const FORMATS = ["txt", "md", "srt", "vtt", "json"] as const satisfies readonly Format[];

export interface ExportOptions {
  format: Format;
  speakers: boolean;
  times: boolean;
  lineLength: number;
  maxLines: number;
  readingSpeed: number;
}

export const DEFAULTS: ExportOptions = {
  format: "txt",
  speakers: true,
  times: true,
  lineLength: 42,
  maxLines: 2,
  readingSpeed: 17,
};

export const isSubtitles = (format: Format) => format === "srt" || format === "vtt";

/** Only what matters to the format is named; the rest is up to the gateway. */
export function exportAddress(meetingId: string, options: ExportOptions): string {
  const query = new URLSearchParams({ download: "true", format: options.format });
  if (options.format !== "json") {
    query.set("speakers", String(options.speakers));
  }
  if (options.format === "txt" || options.format === "md") {
    query.set("times", String(options.times));
  }
  if (isSubtitles(options.format)) {
    query.set("line_length", String(options.lineLength));
    query.set("max_lines", String(options.maxLines));
    query.set("reading_speed", String(options.readingSpeed));
  }
  return `/api/v1/meetings/${meetingId}/transcript?${query.toString()}`;
}

/** The name that a Content-Disposition header gives a file. */
export function fileName(disposition: string | null, fallback: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  const plain = /filename="([^"]*)"/i.exec(disposition ?? "")?.[1];
  return encoded ? decodeURIComponent(encoded) : (plain ?? fallback);
}
