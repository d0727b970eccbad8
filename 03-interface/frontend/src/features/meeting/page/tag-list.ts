const MOST = 30;
const LONGEST = 50;

/** The tags with those that a text names between commas, each once; as many as the gateway takes. */
export function withTags(tags: readonly string[], text: string): string[] {
  const added = text
    .split(",")
    .map((tag) => tag.trim().replace(/\s+/g, " ").slice(0, LONGEST))
    .filter(Boolean);
  return [...new Set([...tags, ...added])].slice(0, MOST);
}
