import { useTranslations } from "next-intl";

/** What the marks in the text mean. */
export function Legend({ readOnly }: { readOnly: boolean }) {
  const t = useTranslations("meeting.reading");
  return (
    <p className="pt-3 text-xs text-ink-faint">
      {t.rich(readOnly ? "legendReadOnly" : "legend", {
        mark: (text) => (
          <span className="underline decoration-warn decoration-dotted underline-offset-4">{text}</span>
        ),
      })}
    </p>
  );
}
