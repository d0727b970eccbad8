"use client";

import { CheckIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";

import { RATES } from "./audio-player";
import { usePlayer } from "./player-context";

/** How fast it plays. */
export function RateMenu() {
  const t = useTranslations("meeting.player");
  const format = useFormatter();
  const { rate, setRate } = usePlayer();
  const written = (value: number) => t("times", { rate: format.number(value) });
  return (
    <Menu
      trigger={
        <Button
          look="quiet"
          size="small"
          className="min-w-12 tabular-nums"
          aria-label={t("rate", { rate: written(rate) })}
        >
          {written(rate)}
        </Button>
      }
    >
      {RATES.map((one) => (
        <MenuItem key={one} onSelect={() => setRate(one)} className="tabular-nums">
          <CheckIcon aria-hidden className={one === rate ? "" : "invisible"} />
          {written(one)}
        </MenuItem>
      ))}
    </Menu>
  );
}
