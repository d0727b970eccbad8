/** The part of the window in which text can be read: between what sticks to its top and to its bottom. */

const HEADER_ID = "reading-tools";
const PLAYER_ID = "player";
/** Where the line that is being said is brought: parts of the zone's height. */
const PLACE = 0.3;
const LOWEST = 0.72;

interface Zone {
  top: number;
  bottom: number;
}

function zone(): Zone {
  const tools = document.getElementById(HEADER_ID)?.getBoundingClientRect();
  const player = document.getElementById(PLAYER_ID)?.getBoundingClientRect();
  return {
    top: Math.max(0, tools?.bottom ?? 0),
    bottom: Math.min(window.innerHeight, player?.top ?? window.innerHeight),
  };
}

/** How far to scroll so that an element is read comfortably; 0 where it is in view already. */
export function wayTo(element: Element): number {
  const { top, bottom } = zone();
  const box = element.getBoundingClientRect();
  const height = bottom - top;
  const inView = box.top >= top && box.bottom <= top + height * LOWEST;
  return inView ? 0 : box.top - (top + height * PLACE);
}

export const READING_TOOLS_ID = HEADER_ID;
