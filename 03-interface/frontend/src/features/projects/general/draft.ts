/** What the general page edits, as fields of a form, and the change that they ask of the gateway. */
import type { Project } from "@/api/projects";

import type { ProjectChange } from "../data/project";
import { asOne, asText, asTexts, asWhole, terms } from "./reading";

export interface Draft {
  name: string;
  description: string;
  spoken: "any" | "one" | "several";
  language: string;
  languages: readonly string[];
  counted: "unknown" | "exactly" | "between";
  speakers: string;
  fewest: string;
  most: string;
  transcriber: string;
  transcriberModel: string;
  diariser: string;
  diariserModel: string;
  translate: boolean;
  smooth: boolean;
  vocabulary: string;
}

export function draftOf(project: Project): Draft {
  const { options, language } = project;
  const languages = asTexts(options["languages"]);
  const [fewest, most] = [asWhole(options["min_speakers"]), asWhole(options["max_speakers"])];
  const speakers = asWhole(options["speakers"]);
  return {
    name: project.name,
    description: project.description,
    spoken: language ? "one" : languages.length > 0 ? "several" : "any",
    language: language ?? "",
    languages,
    counted: speakers ? "exactly" : fewest || most ? "between" : "unknown",
    speakers,
    fewest,
    most,
    transcriber: asText(options["transcriber"]),
    transcriberModel: asText(options["transcriber_model"]),
    diariser: asText(options["diariser"]),
    diariserModel: asText(options["diariser_model"]),
    translate: options["task"] === "translate",
    smooth: options["smooth_speakers"] !== false,
    vocabulary: asTexts(options["vocabulary"]).join("\n"),
  };
}

/** Only what differs: somebody else may have changed the rest meanwhile. */
export function changeOf(before: Draft, after: Draft): ProjectChange {
  const [was, is] = [asked(before), asked(after)];
  const differing = Object.entries(is).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name as keyof typeof was]),
  );
  return Object.fromEntries(differing);
}

function asked(draft: Draft) {
  const languages = draft.spoken === "several" ? [...draft.languages] : [];
  const vocabulary = terms(draft.vocabulary);
  return {
    name: draft.name.trim(),
    description: draft.description,
    language: draft.spoken === "one" && draft.language ? draft.language : null,
    languages: languages.length > 0 ? languages : null,
    speakers: draft.counted === "exactly" ? asOne(draft.speakers) : null,
    min_speakers: draft.counted === "between" ? asOne(draft.fewest) : null,
    max_speakers: draft.counted === "between" ? asOne(draft.most) : null,
    transcriber: draft.transcriber || null,
    transcriber_model: draft.transcriberModel || null,
    diariser: draft.diariser || null,
    diariser_model: draft.diariserModel || null,
    task: draft.translate ? ("translate" as const) : null,
    smooth_speakers: draft.smooth ? null : false,
    vocabulary: vocabulary.length > 0 ? vocabulary : null,
  };
}
