"use client";

import { useTranslations } from "next-intl";

import { AuditLog } from "@/components/audit/audit-log";

import { useMembers } from "../data/members";
import { OwnersOnly } from "../frame/owners-only";
import { Panel } from "../frame/panel";
import { useManages, useThisProject } from "../frame/project-context";

/** Who did what in the project. */
export function ActivityPanel() {
  const t = useTranslations("projects");
  const project = useThisProject();
  const manages = useManages();
  const people = useMembers(project.id).data?.map((member) => ({
    id: member.user_id,
    name: member.name || member.email,
  }));
  return (
    <Panel wide title={t("pages.activity")} intro={t("activity.intro")}>
      {manages ? <AuditLog project={project.id} people={people} /> : <OwnersOnly what="activity" />}
    </Panel>
  );
}
