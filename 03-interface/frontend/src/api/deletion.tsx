"use client";

/** Deleting meetings so that it can be undone: they are hidden at once, and gone some seconds later. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useSyncExternalStore } from "react";
import { toast } from "sonner";

import { api } from "./client";
import { MEETING_LISTS, MEETING_STATISTICS, meetingKey } from "./meetings";
import { Problem } from "./problem";
import { beforeSignOut } from "./sign-out";

const UNDO_MS = 8_000;

interface Deletion {
  ids: string[];
  timer: ReturnType<typeof setTimeout>;
  /** Resolves when the gateway has answered. */
  send: () => Promise<void>;
}

interface Words {
  done: (count: number) => string;
  failed: (count: number) => string;
  undo: string;
}

const waiting = new Set<Deletion>();
const listeners = new Set<() => void>();
const NOTHING: ReadonlySet<string> = new Set();
let hidden = NOTHING;

/**
 * `remove` hides meetings and deletes them when the time to undo has passed, or when the page is left.
 * `hidden` are those that no list may show meanwhile.
 */
export function useDeletion(): { remove: (ids: string[]) => void; hidden: ReadonlySet<string> } {
  const t = useTranslations("meeting.deletion");
  const client = useQueryClient();
  const remove = useCallback(
    (ids: string[]) => {
      later(client, ids, {
        done: (count) => t("done", { count }),
        failed: (count) => t("failed", { count }),
        undo: t("undo"),
      });
    },
    [client, t],
  );
  return { remove, hidden: useSyncExternalStore(subscribe, current, none) };
}

function later(client: QueryClient, ids: string[], words: Words): void {
  const deletion: Deletion = { ids, timer: setTimeout(() => void send(), UNDO_MS), send };
  const told = toast(words.done(ids.length), {
    duration: Infinity,
    action: { label: words.undo, onClick: undo },
  });
  waiting.add(deletion);
  hide(ids, true);

  function undo() {
    clearTimeout(deletion.timer);
    waiting.delete(deletion);
    hide(ids, false);
  }

  async function send() {
    clearTimeout(deletion.timer);
    waiting.delete(deletion);
    toast.dismiss(told);
    const outcomes = await Promise.all(ids.map((id) => gone(id)));
    const kept = ids.filter((_, index) => !outcomes[index]);
    if (kept.length > 0) {
      toast.error(words.failed(kept.length));
    }
    for (const id of ids.filter((one) => !kept.includes(one))) {
      client.removeQueries({ queryKey: meetingKey(id) });
    }
    void Promise.all([
      client.invalidateQueries({ queryKey: MEETING_LISTS }),
      client.invalidateQueries({ queryKey: MEETING_STATISTICS }),
    ]).then(() => hide(ids, false));
  }
}

async function gone(id: string): Promise<boolean> {
  try {
    await api.DELETE("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: id } } });
    return true;
  } catch (error) {
    if (error instanceof Problem) {
      return error.status === 404;
    }
    throw error;
  }
}

/** The page goes away: nobody can undo any more, and a request that outlives it says so to the gateway. */
function sendNow(): void {
  for (const { ids, timer } of waiting) {
    clearTimeout(timer);
    ids.forEach((id) => void fetch(`/api/v1/meetings/${id}`, { method: "DELETE", keepalive: true }));
  }
  waiting.clear();
}

/** Somebody signs out: afterwards no deletion would be allowed any more. */
async function sendFirst(): Promise<void> {
  await Promise.all([...waiting].map(({ send }) => send()));
}

if (typeof window !== "undefined") {
  window.addEventListener("pagehide", sendNow);
  beforeSignOut(sendFirst);
}

function hide(ids: string[], away: boolean): void {
  const next = new Set(hidden);
  ids.forEach((id) => (away ? next.add(id) : next.delete(id)));
  hidden = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const current = () => hidden;
const none = () => NOTHING;
