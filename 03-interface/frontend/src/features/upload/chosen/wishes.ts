/** What is asked for the recordings that are handed in together, and how the gateway wants to be told. */
import type { Metadata } from "../queue/item";

export interface Wishes {
  /** Empty: one's own. */
  project: string;
  /** Empty: as the project has it, else found out. One: spoken throughout. Several: found out among these. */
  languages: readonly string[];
  speakers: "unknown" | "exact" | "between";
  exact: string;
  least: string;
  most: string;
  /** One term a line. */
  vocabulary: string;
  translate: boolean;
  transcriber: string;
  transcriberModel: string;
  diariser: string;
  diariserModel: string;
}

export const NO_WISHES: Wishes = {
  project: "",
  languages: [],
  speakers: "unknown",
  exact: "",
  least: "",
  most: "",
  vocabulary: "",
  translate: false,
  transcriber: "",
  transcriberModel: "",
  diariser: "",
  diariserModel: "",
};

export const MOST_TERMS = 200;
export const LONGEST_TERM = 100;
export const MOST_SPEAKERS = 50;
export const LONGEST_TITLE = 300;

export type Fault = "speakers" | "terms" | "termLength";

/** Why the gateway would refuse the wishes; empty: it would not. */
export function faults(wishes: Wishes): Fault[] {
  const terms = termsOf(wishes.vocabulary);
  const found: (Fault | false)[] = [
    !speakersFit(wishes) && "speakers",
    terms.length > MOST_TERMS && "terms",
    terms.some((term) => term.length > LONGEST_TERM) && "termLength",
  ];
  return found.filter((fault) => fault !== false);
}

export function termsOf(vocabulary: string): string[] {
  return vocabulary
    .split("\n")
    .map((term) => term.trim())
    .filter(Boolean);
}

function speakersFit({ speakers, exact, least, most }: Wishes): boolean {
  const counts = { unknown: [], exact: [exact], between: [least, most] }[speakers]
    .filter(Boolean)
    .map(Number);
  const inRange = counts.every((count) => Number.isInteger(count) && count >= 1 && count <= MOST_SPEAKERS);
  const [first = 0, last = Infinity] = counts;
  return inRange && first <= last;
}

/** The fields of the upload form that say something, for the metadata of tus. */
export function metadataOf(wishes: Wishes, file: { name: string; title: string }): Metadata {
  const { languages, speakers } = wishes;
  const fields: Record<string, string> = {
    filename: file.name,
    title: file.title.trim().slice(0, LONGEST_TITLE),
    project_id: wishes.project,
    language: languages.length === 1 ? (languages[0] ?? "") : "",
    languages: languages.length > 1 ? languages.join(",") : "",
    speakers: speakers === "exact" ? wishes.exact : "",
    min_speakers: speakers === "between" ? wishes.least : "",
    max_speakers: speakers === "between" ? wishes.most : "",
    vocabulary: termsOf(wishes.vocabulary).join("\n"),
    task: wishes.translate ? "translate" : "",
    transcriber: wishes.transcriber,
    transcriber_model: wishes.transcriberModel,
    diariser: wishes.diariser,
    diariser_model: wishes.diariserModel,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

/** A file's name as a title: without its ending, and with spaces where a machine wrote none. */
export function titleFrom(fileName: string): string {
  const bare = fileName.replace(/\.[A-Za-z0-9]{1,5}$/, "");
  return (bare.includes(" ") ? bare : bare.replace(/_+/g, " ")).trim() || fileName;
}
