import { ArrowDownUpIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";

/** Brings the page back to what is being said; there while the reader has scrolled away from it. */
export function FollowButton({ onFollow }: { onFollow: () => void }) {
  const t = useTranslations("meeting.reading");
  return (
    <div className="pointer-events-none sticky bottom-[calc(10.5rem+env(safe-area-inset-bottom))] z-10 flex h-0 items-end justify-center sm:bottom-32">
      <Button size="small" className="pointer-events-auto rounded-full shadow-high" onClick={onFollow}>
        <ArrowDownUpIcon aria-hidden />
        {t("follow")}
      </Button>
    </div>
  );
}
