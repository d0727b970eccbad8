"use client";

import { useTranslations } from "next-intl";

import { OwnersOnly } from "../frame/owners-only";
import { Panel } from "../frame/panel";
import { useManages, useThisProject } from "../frame/project-context";
import { GeneralForm } from "./general-form";

/** What the project is called, and what is asked of the engines where an upload says nothing else. */
export function GeneralPanel() {
  const t = useTranslations("projects");
  const project = useThisProject();
  const manages = useManages();
  return (
    <Panel title={t("pages.general")} intro={t("general.intro")}>
      {!manages && <OwnersOnly what="general" />}
      <GeneralForm key={project.id} project={project} readOnly={!manages} />
    </Panel>
  );
}
