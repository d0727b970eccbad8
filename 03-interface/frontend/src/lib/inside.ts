/** An address of this app to go on to: whoever sends a link must not choose another site. */
export function insideOnly(next: string | null, origin: string): string {
  if (!next?.startsWith("/") || !URL.canParse(next, origin)) {
    return "/";
  }
  const to = new URL(next, origin);
  // "/.//host" is ours as an address, and "//host" when its path is read as one.
  const ours = to.origin === origin && !to.pathname.startsWith("//");
  return ours && to.pathname !== "/sign-in" ? to.pathname + to.search + to.hash : "/";
}
