import { expect, test } from "vitest";

import type { AuditRecord } from "@/api/audit";

import { told, type Words } from "./sentence";

const WORDS: Words = {
  person: (id) => `person ${id ?? "?"}`,
  role: (role) => role.toUpperCase(),
  field: (field) => `<${field}>`,
  list: (words) => words.join(" + "),
};

function record(action: string, detail: Record<string, unknown>, subject: string | null = "7"): AuditRecord {
  return {
    id: 1,
    at: "2026-11-21T12:00:00Z",
    action,
    actor: "ada@example.org",
    actor_id: "1",
    project_id: null,
    subject,
    address: null,
    correlation_id: null,
    detail,
  };
}

test.each([
  ["key_created", { name: "Phone" }, { key: "key_created", values: { name: "Phone" } }],
  ["meeting_deleted", { title: "Weekly" }, { key: "meeting_deleted", values: { name: "Weekly" } }],
  [
    "project_deleted",
    { name: "Old", meetings: 3 },
    { key: "project_deleted", values: { name: "Old", count: 3 } },
  ],
  ["member_set", { role: "editor" }, { key: "member_set", values: { person: "person 7", role: "EDITOR" } }],
  ["sessions_ended", { everywhere: true }, { key: "sessions_ended_everywhere", values: {} }],
  ["sessions_ended", { reused: true }, { key: "sessions_ended_reused", values: {} }],
  ["sessions_ended", {}, { key: "session_ended", values: {} }],
  ["meeting_exported", { format: "srt" }, { key: "meeting_exported", values: { format: "SRT" } }],
  [
    "project_changed",
    { taught: { heard: "graph anna", meant: "Grafana" } },
    { key: "project_taught", values: { heard: "graph anna", meant: "Grafana" } },
  ],
])("%s with %o is told", (action, detail, expected) => {
  expect(told(record(action, detail), WORDS)).toEqual(expected);
});

test("a changed project tells which fields", () => {
  expect(told(record("project_changed", { fields: ["name", "glossary"] }), WORDS).values).toEqual({
    what: "<name> + <glossary>",
  });
});

test("a changed account tells its role, whether it is on, and a new password, never the password", () => {
  const detail = { role: "admin", active: false, new_password: true };
  expect(told(record("user_changed", detail), WORDS).values).toEqual({
    person: "person 7",
    what: "ADMIN + <switched_off> + <password>",
  });
});
