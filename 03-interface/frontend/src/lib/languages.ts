/** Languages that may be spoken in a recording, and what they are called. */

/** Those that the recognisers know, by ISO 639 code. */
export const LANGUAGES: readonly string[] =
  "af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh".split(
    " ",
  );

/** What the language is called in the reader's; the tag itself where nobody knows. */
export function languageName(locale: string, tag: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // no well-formed tag
  }
}

/** All of them in the order in which the reader looks for them. */
export function languagesByName(locale: string): { tag: string; name: string }[] {
  const order = new Intl.Collator(locale);
  return LANGUAGES.map((tag) => ({ tag, name: languageName(locale, tag) })).sort((a, b) =>
    order.compare(a.name, b.name),
  );
}
