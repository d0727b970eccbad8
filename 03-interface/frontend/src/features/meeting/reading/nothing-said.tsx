import { MicOffIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import { Empty } from "@/components/state/empty";

/** A recording in which nobody was heard to say anything. */
export function NothingSaid() {
  const t = useTranslations("meeting.reading");
  return (
    <Empty icon={MicOffIcon} title={t("nothingSaid.title")}>
      {t("nothingSaid.text")}
    </Empty>
  );
}
