"use client";

import { useTranslations } from "next-intl";
import { Fragment } from "react";

import type { Piece } from "./word-changes";

/** Words struck and added; screen readers are told which is which. */
export function ChangedWords({ pieces }: { pieces: readonly Piece[] }) {
  const t = useTranslations("editing.history");
  return pieces.map(({ kind, text }, place) => (
    <Fragment key={place}>
      {place > 0 && " "}
      {kind === "same" && text}
      {kind === "removed" && (
        <del className="rounded-xs bg-danger-soft text-danger">
          <span className="sr-only">{t("removedWords")} </span>
          {text}
        </del>
      )}
      {kind === "added" && (
        <ins className="rounded-xs bg-ok-soft text-ok no-underline">
          <span className="sr-only">{t("addedWords")} </span>
          {text}
        </ins>
      )}
    </Fragment>
  ));
}
