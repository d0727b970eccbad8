"use client";

import { type ReactNode, useCallback, useState } from "react";

import { useDeletion } from "@/api/deletion";
import type { Meeting } from "@/api/meetings";

import { useActions } from "../list/use-actions";
import type { Allowed } from "../list/use-allowed";
import type { Deed } from "./deed";
import { DeedDialog } from "./deed-dialog";

interface Asking {
  deed: "tag" | "move";
  meetings: readonly Meeting[];
}

/** Does what is asked for, with a dialog where more must be known; the dialog is to be put on the page. */
export function useDeeds(
  allowed: Allowed,
  onDone: () => void,
): { act: (deed: Deed, meetings: readonly Meeting[]) => void; dialog: ReactNode } {
  const actions = useActions();
  const { remove } = useDeletion();
  const [asking, setAsking] = useState<Asking | null>(null);

  const act = useCallback(
    (deed: Deed, meetings: readonly Meeting[]) => {
      if (deed === "tag" || deed === "move") {
        setAsking({ deed, meetings });
        return;
      }
      if (deed === "delete") {
        remove(meetings.map(({ id }) => id));
      } else {
        void actions(deed, meetings);
      }
      onDone();
    },
    [actions, onDone, remove],
  );

  const dialog = asking && (
    <DeedDialog
      {...asking}
      allowed={allowed}
      onClose={() => setAsking(null)}
      onDone={(value) => {
        void actions(asking.deed, asking.meetings, value);
        setAsking(null);
        onDone();
      }}
    />
  );
  return { act, dialog };
}
