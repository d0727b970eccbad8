"use client";

import { useTranslations } from "next-intl";

import { Appearance } from "./appearance";
import { PasswordForm } from "./password-form";
import { Profile } from "./profile";
import { Section } from "./section";
import { Sessions } from "./sessions/sessions";
import { Usage } from "./usage/usage";

/** Everything about one's own account, and how this browser shows the app. */
export function SettingsPage() {
  const t = useTranslations("settings");
  return (
    <div className="mx-auto max-w-4xl">
      <h1 className="pb-8 text-3xl">{t("title")}</h1>
      <Section title={t("profile.title")} text={t("profile.text")}>
        <Profile />
      </Section>
      <Section title={t("appearance.title")} text={t("appearance.text")}>
        <Appearance />
      </Section>
      <Section title={t("password.title")} text={t("password.text")}>
        <PasswordForm />
      </Section>
      <Section title={t("sessions.title")} text={t("sessions.text")}>
        <Sessions />
      </Section>
      <Section title={t("usage.title")} text={t("usage.text")}>
        <Usage />
      </Section>
    </div>
  );
}
