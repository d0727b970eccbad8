"use client";

import { useTranslations } from "next-intl";

import { Notice } from "@/components/state/notice";

import { Panel } from "../frame/panel";
import { useManages, useThisProject } from "../frame/project-context";
import { DeleteForm } from "./delete-form";

/** The end of a project, with everything in it. */
export function DeletePanel() {
  const t = useTranslations("projects");
  const project = useThisProject();
  const manages = useManages();
  return (
    <Panel title={t("pages.delete")}>
      {project.personal && <Notice title={t("delete.personalTitle")}>{t("delete.personalText")}</Notice>}
      {!project.personal && !manages && (
        <Notice title={t("ownersOnly.title")}>{t("delete.ownersOnly")}</Notice>
      )}
      {!project.personal && manages && <DeleteForm project={project} />}
    </Panel>
  );
}
