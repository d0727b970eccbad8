"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Cell, Row } from "@/components/ui/rows";

import { PAIR_LENGTH } from "../limits";
import { isPair, type Pair, tidy } from "./pairs";

interface EditPairProps {
  pair: Pair;
  onSave: (pair: Pair) => void;
  onCancel: () => void;
}

/** A row of the glossary while it is rewritten: Enter keeps it, Escape does not. */
export function EditPair({ pair, onSave, onCancel }: EditPairProps) {
  const t = useTranslations("projects");
  const common = useTranslations("common");
  const [heard, setHeard] = useState(pair.heard);
  const [meant, setMeant] = useState(pair.meant);
  const edited = { heard: tidy(heard), meant: tidy(meant) };

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && isPair(edited)) {
      onSave(edited);
    } else if (event.key === "Escape") {
      onCancel();
    }
  }

  return (
    <Row>
      <Cell>
        <Input
          aria-label={t("glossary.heard")}
          value={heard}
          maxLength={PAIR_LENGTH}
          onChange={(event) => setHeard(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </Cell>
      <Cell>
        <Input
          aria-label={t("glossary.meant")}
          value={meant}
          maxLength={PAIR_LENGTH}
          onChange={(event) => setMeant(event.target.value)}
          onKeyDown={onKeyDown}
          autoFocus
        />
      </Cell>
      <Cell className="flex justify-end gap-2">
        <Button size="small" onClick={onCancel}>
          {common("cancel")}
        </Button>
        <Button size="small" look="primary" disabled={!isPair(edited)} onClick={() => onSave(edited)}>
          {common("save")}
        </Button>
      </Cell>
    </Row>
  );
}
