/** Keys of the page that need no modifier; the list of shortcuts is drawn from the same table. */

export const ACTIONS = [
  "toggle",
  "back",
  "forward",
  "previousTurn",
  "nextTurn",
  "slower",
  "faster",
  "mute",
  "skipSilence",
  "follow",
  "edit",
  "copyLink",
  "help",
] as const;
export type Action = (typeof ACTIONS)[number];

export const KEYS: Record<Action, readonly string[]> = {
  toggle: [" ", "k"],
  back: ["ArrowLeft", "j"],
  forward: ["ArrowRight", "l"],
  previousTurn: ["p"],
  nextTurn: ["n"],
  slower: ["<"],
  faster: [">"],
  mute: ["m"],
  skipSilence: ["s"],
  follow: ["f"],
  edit: ["e"],
  copyLink: ["c"],
  help: ["?"],
};

const BY_KEY = new Map(ACTIONS.flatMap((action) => KEYS[action].map((key) => [key, action] as const)));

/** What a pressed key asks for; `letters`: whether keys that write a character count. */
export function actionOf(
  pressed: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">,
  letters: boolean,
): Action | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) {
    return undefined;
  }
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  return key.length > 1 || key === " " || letters ? BY_KEY.get(key) : undefined;
}

const WRITING = "input, textarea, select, [contenteditable], [role=textbox]";
const PRESSED_BY_SPACE =
  "button, a[href], summary, [role=menuitem], [role=tab], [role=radio], [role=switch], [role=checkbox], [role=option]";
const MOVED_BY_ARROWS = "[role=slider], [role=toolbar], [role=tab], [role=radio], [role=option]";
const APART = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

/** Whether the focused element needs this key itself: text fields all of them, buttons space, sliders arrows. */
export function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) {
    return false;
  }
  if (target.closest(WRITING) || target.closest(APART)) {
    return true;
  }
  const own = key === " " ? PRESSED_BY_SPACE : key.startsWith("Arrow") ? MOVED_BY_ARROWS : null;
  return own !== null && target.closest(own) !== null;
}
