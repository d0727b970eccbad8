"use client";

import { useCallback, useState } from "react";

import { type Chosen } from "../queue/files";
import { newId, sameFile } from "../queue/item";
import { titleFrom } from "./wishes";

export interface Draft extends Chosen {
  id: string;
  title: string;
}

/** The files that were chosen and not handed in yet. */
export function useChosen() {
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);

  const add = useCallback((chosen: Chosen[]) => {
    setDrafts((before) => [
      ...before,
      ...chosen
        .filter(({ file }) => !before.some((draft) => sameFile(draft.file, file)))
        .map((one) => ({ ...one, id: newId(), title: titleFrom(one.file.name) })),
    ]);
  }, []);

  const rename = useCallback((id: string, title: string) => {
    setDrafts((before) => before.map((draft) => (draft.id === id ? { ...draft, title } : draft)));
  }, []);

  const remove = useCallback((id: string) => {
    setDrafts((before) => before.filter((draft) => draft.id !== id));
  }, []);

  const clear = useCallback(() => setDrafts([]), []);

  return { drafts, add, rename, remove, clear };
}
