/** Every act that can be looked for, by what it is about. */
import type { Act } from "@/api/audit";

export const ABOUT = {
  meetings: ["meeting_deleted", "meeting_exported", "meeting_moved"],
  projects: ["project_created", "project_changed", "project_deleted", "limits_changed"],
  members: ["member_set", "member_removed"],
  keys: ["key_created", "key_revoked"],
  accounts: ["user_created", "user_changed", "user_deleted"],
  sessions: ["login", "login_refused", "sessions_ended", "password_changed", "setup_done", "setup_refused"],
} as const satisfies Record<string, readonly Act[]>;

export type About = keyof typeof ABOUT;

/** What can happen within a project. */
export const IN_PROJECTS: readonly About[] = ["meetings", "projects", "members", "keys"];
export const EVERYTHING = Object.keys(ABOUT) as readonly About[];
