/** Which meetings are shown, as the address of the page says it and as the gateway is asked. */
import type { MeetingStatus } from "@/api/meetings";

export const SORTS = ["newest", "oldest", "title", "-title", "duration", "-duration"] as const;
export type Sort = (typeof SORTS)[number];

export const STATUSES = ["PENDING", "PROCESSING", "COMPLETED", "FAILED", "CANCELLED"] as const;

export interface Filters {
  /** What is searched for; empty: nothing, all are listed. */
  q: string;
  project: readonly string[];
  status: readonly MeetingStatus[];
  /** Only with all of these. */
  tag: readonly string[];
  speaker: string;
  language: string;
  /** Days of the reader's own time zone, as 2026-01-31; `to` is the last of them. */
  from: string;
  to: string;
  sort: Sort;
}

export const NO_FILTERS: Filters = {
  ...{ q: "", project: [], status: [], tag: [], speaker: "", language: "", from: "", to: "", sort: "newest" },
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Read them from an address; what nobody could have meant is left out. */
export function readFilters(params: URLSearchParams): Filters {
  const one = (name: string, fits: RegExp) => {
    const value = params.get(name) ?? "";
    return fits.test(value) ? value : "";
  };
  const known = new Set<string>(STATUSES);
  return {
    q: params.get("q") ?? "",
    project: params.getAll("project").filter((id) => ID.test(id)),
    status: params.getAll("status").filter((status): status is MeetingStatus => known.has(status)),
    tag: params.getAll("tag").filter(Boolean),
    speaker: params.get("speaker") ?? "",
    language: one("language", LANGUAGE),
    from: aDay(one("from", DAY)),
    to: aDay(one("to", DAY)),
    sort: SORTS.find((sort) => sort === params.get("sort")) ?? "newest",
  };
}

function aDay(day: string): string {
  return Number.isNaN(new Date(`${day}T00:00:00`).getTime()) ? "" : day;
}

/** Write them into an address, beginning with "?" where there is anything to write. */
export function writeFilters(filters: Filters): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    for (const one of [value].flat()) {
      if (one && !(name === "sort" && one === NO_FILTERS.sort)) {
        params.append(name, String(one));
      }
    }
  }
  return params.size > 0 ? `?${params.toString()}` : "";
}

/** The filters that lists and searches share, as the gateway names them. */
export function asQuery(filters: Filters) {
  const { project, status, tag, speaker, language, from, to } = filters;
  return {
    project_id: [...project],
    status: [...status],
    tag: [...tag],
    ...(speaker ? { speaker } : {}),
    ...(language ? { language } : {}),
    ...(from ? { from: startOf(from, 0) } : {}),
    ...(to ? { to: startOf(to, 1) } : {}),
  };
}

/** Midnight of the reader's own time zone, so many days later. */
function startOf(day: string, daysLater: number): string {
  const moment = new Date(`${day}T00:00:00`);
  moment.setDate(moment.getDate() + daysLater);
  return moment.toISOString();
}

/** How many filters are set; the order and the search are none. */
export function countFilters({ project, status, tag, speaker, language, from, to }: Filters): number {
  return [...project, ...status, ...tag, speaker, language, from, to].filter(Boolean).length;
}
