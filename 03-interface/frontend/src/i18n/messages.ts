/** Every word of the interface: one file a namespace and language, gathered here. */
import en_common from "@messages/en/common.json";
import en_errors from "@messages/en/errors.json";
import en_session from "@messages/en/session.json";
import en_shell from "@messages/en/shell.json";
import en_meetings from "@messages/en/meetings.json";
import en_upload from "@messages/en/upload.json";
import en_meeting from "@messages/en/meeting.json";
import en_editing from "@messages/en/editing.json";
import en_settings from "@messages/en/settings.json";
import en_projects from "@messages/en/projects.json";
import en_admin from "@messages/en/admin.json";
import en_offline from "@messages/en/offline.json";
import fr_common from "@messages/fr/common.json";
import fr_errors from "@messages/fr/errors.json";
import fr_session from "@messages/fr/session.json";
import fr_shell from "@messages/fr/shell.json";
import fr_meetings from "@messages/fr/meetings.json";
import fr_upload from "@messages/fr/upload.json";
import fr_meeting from "@messages/fr/meeting.json";
import fr_editing from "@messages/fr/editing.json";
import fr_settings from "@messages/fr/settings.json";
import fr_projects from "@messages/fr/projects.json";
import fr_admin from "@messages/fr/admin.json";
import fr_offline from "@messages/fr/offline.json";

const en = {
  common: en_common,
  errors: en_errors,
  session: en_session,
  shell: en_shell,
  meetings: en_meetings,
  upload: en_upload,
  meeting: en_meeting,
  editing: en_editing,
  settings: en_settings,
  projects: en_projects,
  admin: en_admin,
  offline: en_offline,
};

const fr: typeof en = {
  common: fr_common,
  errors: fr_errors,
  session: fr_session,
  shell: fr_shell,
  meetings: fr_meetings,
  upload: fr_upload,
  meeting: fr_meeting,
  editing: fr_editing,
  settings: fr_settings,
  projects: fr_projects,
  admin: fr_admin,
  offline: fr_offline,
};

export type Messages = typeof en;
export const MESSAGES = { en, fr };
