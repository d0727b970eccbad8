"use client";

import { EyeIcon, EyeOffIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, type KeyboardEvent, useState } from "react";

import { Button } from "./button";
import { Input } from "./input";

/** A password that can be looked at, and a word when Caps Lock is on. */
export function PasswordInput(props: Omit<ComponentProps<"input">, "type" | "onKeyDown" | "onKeyUp">) {
  const t = useTranslations("session");
  const [shown, setShown] = useState(false);
  const [capitals, setCapitals] = useState(false);
  const look = (event: KeyboardEvent) => setCapitals(event.getModifierState("CapsLock"));
  return (
    <div>
      <div className="relative">
        <Input
          {...props}
          type={shown ? "text" : "password"}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          className="pr-10"
          onKeyDown={look}
          onKeyUp={look}
          onBlur={() => setCapitals(false)}
        />
        <Button
          look="quiet"
          size="icon-small"
          className="absolute top-0.5 right-0.5"
          aria-label={t("showPassword")}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOffIcon aria-hidden /> : <EyeIcon aria-hidden />}
        </Button>
      </div>
      <p role="status" className="text-[0.8125rem] text-warn">
        {capitals && <span className="block pt-1.5">{t("capsLock")}</span>}
      </p>
    </div>
  );
}
