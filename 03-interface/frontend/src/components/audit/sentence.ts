/** What a record of the audit log tells, as a message and its arguments. */
import type { Act, AuditRecord } from "@/api/audit";

type Known = Exclude<Act, "sessions_ended" | "project_changed">;

export type ActKey =
  | Known
  | "sessions_ended_everywhere"
  | "sessions_ended_reused"
  | "session_ended"
  | "project_changed"
  | "project_taught";

/** Words for what a record names by id or in the gateway's own terms. */
export interface Words {
  person: (id: string | null) => string;
  role: (role: string) => string;
  field: (field: string) => string;
  list: (words: string[]) => string;
}

export interface Told {
  key: ActKey;
  values: Record<string, string | number>;
}

export function told(record: AuditRecord, words: Words): Told {
  const { detail, subject } = record;
  const action = record.action as Act;
  switch (action) {
    case "sessions_ended":
      return { key: sessionsKey(detail), values: {} };
    case "project_changed":
      return isPair(detail["taught"])
        ? { key: "project_taught", values: detail["taught"] }
        : { key: "project_changed", values: { what: words.list(texts(detail["fields"]).map(words.field)) } };
    case "login_refused":
    case "user_deleted":
      return { key: action, values: { email: text(detail["email"]) } };
    case "user_created":
      return {
        key: action,
        values: { email: text(detail["email"]), role: words.role(text(detail["role"])) },
      };
    case "user_changed":
      return {
        key: action,
        values: { person: words.person(subject), what: words.list(changes(detail, words)) },
      };
    case "member_set":
      return {
        key: action,
        values: { person: words.person(subject), role: words.role(text(detail["role"])) },
      };
    case "member_removed":
      return { key: action, values: { person: words.person(subject) } };
    case "project_deleted":
      return { key: action, values: { name: text(detail["name"]), count: Number(detail["meetings"] ?? 0) } };
    case "meeting_exported":
      return { key: action, values: { format: text(detail["format"]).toUpperCase() } };
    default:
      return { key: action, values: { name: text(detail["name"] ?? detail["title"]) } };
  }
}

function sessionsKey(detail: Record<string, unknown>): ActKey {
  if (detail["everywhere"]) {
    return "sessions_ended_everywhere";
  }
  return detail["reused"] ? "sessions_ended_reused" : "session_ended";
}

function changes(detail: Record<string, unknown>, words: Words): string[] {
  const role = text(detail["role"]);
  return [
    ...("name" in detail ? [words.field("name")] : []),
    ...(role ? [words.role(role)] : []),
    ...("active" in detail ? [words.field(detail["active"] ? "switched_on" : "switched_off")] : []),
    ...(detail["new_password"] ? [words.field("password")] : []),
  ];
}

function isPair(taught: unknown): taught is { heard: string; meant: string } {
  return typeof taught === "object" && taught !== null && "heard" in taught && "meant" in taught;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? (value as unknown[]).filter((one) => typeof one === "string") : [];
}
