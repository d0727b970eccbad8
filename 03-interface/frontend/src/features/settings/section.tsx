import { type ReactNode, useId } from "react";

interface SectionProps {
  title: ReactNode;
  text?: ReactNode;
  children: ReactNode;
}

/** One matter of the settings: what it is about on the left (above, on a phone), its controls beside. */
export function Section({ title, text, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-12 gap-y-5 border-t border-line py-8 md:grid-cols-[15rem_minmax(0,1fr)]"
    >
      <div className="flex flex-col gap-1.5">
        <h2 id={id} className="text-xl">
          {title}
        </h2>
        {text && <p className="text-sm text-ink-soft">{text}</p>}
      </div>
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
    </section>
  );
}
