/** An address of this app to go on to: whoever sends a link must not choose another site. */
export function insideOnly(next: string | null, origin: string): string {
  if (!next?.startsWith("/") || !URL.canParse(next, origin)) {
    return "/";
  }
  const to = new URL(next, origin);
  return to.origin === origin && to.pathname !== "/sign-in" ? to.pathname + to.search + to.hash : "/";
}
