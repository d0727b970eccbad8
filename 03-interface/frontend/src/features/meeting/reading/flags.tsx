import { useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";

import { isFlag } from "./flag-names";

/** Why a segment should be checked, quietly and in words. */
export function Flags({ flags }: { flags: readonly string[] }) {
  const t = useTranslations("meeting");
  return flags.filter(isFlag).map((flag) => (
    <Badge key={flag} tone="warn" title={t(`flags.${flag}.meaning`)}>
      {t(`flags.${flag}.name`)}
    </Badge>
  ));
}
