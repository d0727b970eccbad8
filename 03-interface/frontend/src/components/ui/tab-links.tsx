"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

interface TabLinksProps {
  label: string;
  links: readonly { href: string; text: string }[];
}

/** The pages of one thing, side by side; a phone scrolls them, to the one that is shown first. */
export function TabLinks({ label, links }: TabLinksProps) {
  const path = usePathname();
  const here = hereOf(
    path,
    links.map(({ href }) => href),
  );
  const current = useRef<HTMLAnchorElement>(null);

  useEffect(() => {
    // Nothing is returned: browsers begin to answer with a promise, which is no clean-up.
    current.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [here]);

  return (
    <nav aria-label={label} className="-mx-3 overflow-x-auto border-b border-line px-3 sm:mx-0 sm:px-0">
      <ul className="flex w-max gap-1">
        {links.map(({ href, text }) => (
          <li key={href} className="-mb-px">
            <Link
              href={href}
              ref={href === here ? current : undefined}
              aria-current={href === here ? "page" : undefined}
              className="block border-b-2 border-transparent px-3 py-2 text-sm whitespace-nowrap text-ink-soft -outline-offset-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The link under which the path lies; of several, the one that says most. */
function hereOf(path: string, hrefs: readonly string[]): string | undefined {
  return hrefs
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];
}
