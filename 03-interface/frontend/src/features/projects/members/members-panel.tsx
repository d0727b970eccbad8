"use client";

import { useTranslations } from "next-intl";

import { useMe } from "@/api/me";
import { Notice } from "@/components/state/notice";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Rows } from "@/components/ui/rows";
import { Skeleton } from "@/components/ui/skeleton";

import { useMembers } from "../data/members";
import { OwnersOnly } from "../frame/owners-only";
import { Panel } from "../frame/panel";
import { useManages, useThisProject } from "../frame/project-context";
import { AddMember } from "./add-member";
import { MemberRow } from "./member-row";
import { RoleGuide } from "./role-guide";

/** Who is in the project, and as what. */
export function MembersPanel() {
  const t = useTranslations("projects");
  const project = useThisProject();
  const manages = useManages();
  const { data: me } = useMe();
  const members = useMembers(project.id);
  const headings = [
    { name: t("members.person") },
    { name: t("members.role") },
    { name: t("members.since") },
    { name: t("members.actions"), hidden: true },
  ];
  return (
    <Panel wide title={t("pages.members")} intro={t("members.intro")}>
      {project.personal && <Notice title={t("members.personalTitle")}>{t("members.personalText")}</Notice>}
      {!project.personal && (manages ? <AddMember /> : <OwnersOnly what="members" />)}
      {members.error && <ProblemNotice error={members.error} onRetry={() => void members.refetch()} />}
      {members.isPending && <Skeleton className="h-32 w-full" />}
      {members.data && (
        <Rows
          label={t("pages.members")}
          headings={headings}
          columns="minmax(0,1fr) minmax(9rem,auto) auto minmax(2rem,auto)"
        >
          {members.data.map((member) => (
            <MemberRow
              key={member.user_id}
              member={member}
              members={members.data}
              isMe={member.user_id === me?.id}
            />
          ))}
        </Rows>
      )}
      <RoleGuide />
    </Panel>
  );
}
