"use client";

import { useTranslations } from "next-intl";

import { OwnersOnly } from "../frame/owners-only";
import { Panel } from "../frame/panel";
import { useManages, useThisProject } from "../frame/project-context";
import { Meaning } from "./meaning";
import { RetentionForm } from "./retention-form";

/** How long the project keeps its meetings. */
export function RetentionPanel() {
  const t = useTranslations("projects");
  const project = useThisProject();
  const manages = useManages();
  return (
    <Panel title={t("pages.retention")} intro={t("retention.intro")}>
      {manages ? (
        <RetentionForm key={project.id} project={project} />
      ) : (
        <>
          <OwnersOnly what="retention" />
          <Meaning days={project.retention_days} />
        </>
      )}
    </Panel>
  );
}
