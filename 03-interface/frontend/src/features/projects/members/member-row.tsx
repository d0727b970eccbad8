"use client";

import { useTranslations } from "next-intl";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Badge } from "@/components/ui/badge";
import { Select } from "@/components/ui/input";
import { Moment } from "@/components/ui/moment";
import { Cell, Row } from "@/components/ui/rows";

import { type Member, useChangeRole } from "../data/members";
import type { Role } from "../data/project";
import { useManages, useThisProject } from "../frame/project-context";
import { RemoveMember } from "./remove-member";
import { isLastOwner, possibleRoles } from "./standing";

interface MemberRowProps {
  member: Member;
  members: readonly Member[];
  isMe: boolean;
}

export function MemberRow({ member, members, isMe }: MemberRowProps) {
  const t = useTranslations("projects");
  const project = useThisProject();
  const manages = useManages() && !project.personal;
  const change = useChangeRole(project.id);
  const last = isLastOwner(members, member.user_id);
  const name = member.name || member.email;
  const reader = member.instance_role === "viewer";
  return (
    <Row>
      <Cell>
        <div className="flex flex-wrap items-center gap-2">
          <span className="font-medium break-all">{name}</span>
          {isMe && <Badge tone="accent">{t("members.you")}</Badge>}
          {!member.active && <Badge tone="warn">{t("members.inactive")}</Badge>}
        </div>
        {member.name && <p className="break-all text-ink-soft">{member.email}</p>}
        {manages && last && <p className="pt-1 text-[0.8125rem] text-ink-faint">{t("members.lastOwner")}</p>}
        {manages && reader && <p className="pt-1 text-[0.8125rem] text-ink-faint">{t("members.reader")}</p>}
        {change.error && (
          <div className="pt-2">
            <ProblemNotice error={change.error} />
          </div>
        )}
      </Cell>
      <Cell label={t("members.role")}>
        {manages && !last && possibleRoles(member).length > 1 ? (
          <Select
            value={member.role}
            aria-label={t("members.roleOf", { name })}
            onChange={(event) => change.mutate({ id: member.user_id, role: event.target.value as Role })}
          >
            {possibleRoles(member).map((role) => (
              <option key={role} value={role}>
                {t(`roles.${role}.name`)}
              </option>
            ))}
          </Select>
        ) : (
          t(`roles.${member.role}.name`)
        )}
      </Cell>
      <Cell label={t("members.since")} className="whitespace-nowrap text-ink-soft">
        <Moment at={member.since} />
      </Cell>
      <Cell className="flex justify-end">
        {!last && !project.personal && (manages || isMe) && (
          <RemoveMember member={member} name={name} isMe={isMe} />
        )}
      </Cell>
    </Row>
  );
}
