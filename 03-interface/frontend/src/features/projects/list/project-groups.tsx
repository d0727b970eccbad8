"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import type { Project } from "@/api/projects";
import { Input } from "@/components/ui/input";

import { ProjectRows } from "./project-rows";

const SEARCH_FROM = 10;

/** One's own projects, then those that an administrator sees besides; a search where there are many. */
export function ProjectGroups({ projects }: { projects: readonly Project[] }) {
  const t = useTranslations("projects");
  const [looked, setLooked] = useState("");
  const wanted = looked.trim().toLocaleLowerCase();
  const shown = projects.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const own = shown.filter(({ role }) => role !== null);
  const others = shown.filter(({ role }) => role === null);
  return (
    <>
      {projects.length > SEARCH_FROM && (
        <Input
          type="search"
          value={looked}
          onChange={(event) => setLooked(event.target.value)}
          placeholder={t("list.search")}
          aria-label={t("list.search")}
          className="max-w-sm"
        />
      )}
      <p role="status" className="text-sm text-ink-soft empty:hidden">
        {shown.length === 0 && t("list.nothingFound", { looked })}
      </p>
      {own.length > 0 && <ProjectRows label={t("list.title")} projects={own} />}
      {others.length > 0 && (
        <section className="flex flex-col gap-4 pt-4">
          <h2 className="text-xl">{t("list.others")}</h2>
          <ProjectRows label={t("list.others")} projects={others} />
        </section>
      )}
    </>
  );
}
