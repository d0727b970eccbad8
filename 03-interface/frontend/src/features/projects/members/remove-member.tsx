"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { useMe } from "@/api/me";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";

import { type Member, useRemoveMember } from "../data/members";
import { useThisProject } from "../frame/project-context";

interface RemoveMemberProps {
  member: Member;
  name: string;
  isMe: boolean;
}

/** Let a member go, or leave oneself. */
export function RemoveMember({ member, name, isMe }: RemoveMemberProps) {
  const t = useTranslations("projects");
  const router = useRouter();
  const project = useThisProject();
  const { data: me } = useMe();
  const [asking, setAsking] = useState(false);
  const remove = useRemoveMember(project.id);
  const what = isMe ? "leave" : "remove";

  function confirm() {
    remove.mutate(member.user_id, {
      onSuccess: () => {
        setAsking(false);
        if (isMe && me?.role !== "admin") {
          router.replace("/projects");
        }
      },
    });
  }

  return (
    <>
      <Button
        look="quiet"
        size="small"
        aria-label={t(`members.${what}.label`, { name })}
        onClick={() => {
          remove.reset();
          setAsking(true);
        }}
      >
        {t(`members.${what}.open`)}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t(`members.${what}.title`, { name, project: project.name })}
        description={t(`members.${what}.text`)}
        action={t(`members.${what}.open`)}
        onConfirm={confirm}
        pending={remove.isPending}
        error={remove.error}
      />
    </>
  );
}
