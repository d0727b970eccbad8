/** The product's mark: lines of speech that become lines of text. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g stroke="var(--on-accent)" strokeWidth="2.5" strokeLinecap="round">
        <path d="M7 13v6M11.5 9v14M16 12v8" />
        <path d="M20.5 12H26M20.5 16H26M20.5 20H24" />
      </g>
    </svg>
  );
}
