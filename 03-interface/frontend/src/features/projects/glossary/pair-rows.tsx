"use client";

import { PencilIcon, Trash2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Cell, Row, Rows } from "@/components/ui/rows";

import { EditPair } from "./edit-pair";
import { type Pair, replacePair, withoutPair, withPairs } from "./pairs";

interface PairRowsProps {
  pairs: readonly Pair[];
  readOnly: boolean;
  onChange: (edit: (pairs: readonly Pair[]) => Pair[]) => void;
}

export function PairRows({ pairs, readOnly, onChange }: PairRowsProps) {
  const t = useTranslations("projects");
  const common = useTranslations("common");
  const [edited, setEdited] = useState<string | null>(null);

  function remove(pair: Pair) {
    onChange((all) => withoutPair(all, pair.heard));
    toast(t("glossary.removed", { heard: pair.heard }), {
      action: { label: common("undo"), onClick: () => onChange((all) => withPairs(all, [pair])) },
    });
  }

  const headings = [
    { name: t("glossary.heard") },
    { name: t("glossary.meant") },
    { name: t("glossary.actions"), hidden: true },
  ];
  return (
    <Rows
      label={t("pages.glossary")}
      headings={headings}
      columns="minmax(0,1fr) minmax(0,1fr) minmax(4.5rem,auto)"
    >
      {pairs.map((pair) =>
        edited === pair.heard ? (
          <EditPair
            key={pair.heard}
            pair={pair}
            onCancel={() => setEdited(null)}
            onSave={(changed) => {
              onChange((all) => replacePair(all, pair.heard, changed));
              setEdited(null);
            }}
          />
        ) : (
          <Row key={pair.heard} className={readOnly ? undefined : "relative max-sm:pr-22"}>
            <Cell label={t("glossary.heard")} className="break-words">
              {pair.heard}
            </Cell>
            <Cell label={t("glossary.meant")} className="font-medium break-words">
              {pair.meant}
            </Cell>
            <Cell className="flex justify-end gap-1 max-sm:absolute max-sm:top-3 max-sm:right-2">
              {!readOnly && (
                <>
                  <Button
                    look="quiet"
                    size="icon-small"
                    aria-label={t("glossary.edit", { heard: pair.heard })}
                    onClick={() => setEdited(pair.heard)}
                  >
                    <PencilIcon aria-hidden />
                  </Button>
                  <Button
                    look="quiet"
                    size="icon-small"
                    aria-label={t("glossary.remove", { heard: pair.heard })}
                    onClick={() => remove(pair)}
                  >
                    <Trash2Icon aria-hidden />
                  </Button>
                </>
              )}
            </Cell>
          </Row>
        ),
      )}
    </Rows>
  );
}
