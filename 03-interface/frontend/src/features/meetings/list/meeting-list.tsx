"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useState, type ReactNode } from "react";

import type { Meeting } from "@/api/meetings";

const ALL_DRAWN = 60;
const USUAL_HEIGHT = 92;

interface MeetingListProps {
  label: string;
  meetings: readonly Meeting[];
  children: (meeting: Meeting) => ReactNode;
}

/** The rows; of long lists only those on the screen and some around them. */
export function MeetingList({ label, meetings, children }: MeetingListProps) {
  return meetings.length > ALL_DRAWN ? (
    <LongList label={label} meetings={meetings}>
      {children}
    </LongList>
  ) : (
    <ul aria-label={label}>
      {meetings.map((meeting) => (
        <li key={meeting.id} className="border-b border-line">
          {children(meeting)}
        </li>
      ))}
    </ul>
  );
}

function LongList({ label, meetings, children }: MeetingListProps) {
  const [top, setTop] = useState(0);
  const measure = useCallback((list: HTMLUListElement | null) => setTop(list?.offsetTop ?? 0), []);
  const rows = useWindowVirtualizer({
    count: meetings.length,
    estimateSize: () => USUAL_HEIGHT,
    getItemKey: (place) => meetings[place]?.id ?? place,
    overscan: 10,
    scrollMargin: top,
  });
  return (
    <ul ref={measure} aria-label={label} className="relative" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ key, index, start }) => {
        const meeting = meetings[index];
        return (
          meeting && (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-setsize={meetings.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 border-b border-line"
              style={{ transform: `translateY(${start - top}px)` }}
            >
              {children(meeting)}
            </li>
          )
        );
      })}
    </ul>
  );
}
