"use client";

import { UserPlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";

import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

import { useAddMember } from "../data/members";
import type { Role } from "../data/project";
import { useThisProject } from "../frame/project-context";
import { ROLES } from "./standing";

export function AddMember() {
  const t = useTranslations("projects");
  const add = useAddMember(useThisProject().id);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("editor");

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    add.mutate({ email: email.trim(), role }, { onSuccess: () => setEmail("") });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-[minmax(0,24rem)_10rem_auto] sm:items-end sm:justify-start">
        <Field label={t("members.email")}>
          {(ids) => (
            <Input
              {...ids}
              type="email"
              required
              maxLength={254}
              autoComplete="off"
              value={email}
              onChange={(event) => {
                setEmail(event.target.value);
                add.reset();
              }}
            />
          )}
        </Field>
        <Field label={t("members.role")}>
          {(ids) => (
            <Select {...ids} value={role} onChange={(event) => setRole(event.target.value as Role)}>
              {ROLES.map((one) => (
                <option key={one} value={one}>
                  {t(`roles.${one}.name`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button type="submit" look="primary" disabled={add.isPending}>
          <UserPlusIcon aria-hidden />
          {t("members.add")}
        </Button>
      </div>
      {add.error && <ProblemNotice error={add.error} />}
      <p role="status" className="sr-only">
        {add.data && t("members.added", { email: add.data.email })}
      </p>
    </form>
  );
}
