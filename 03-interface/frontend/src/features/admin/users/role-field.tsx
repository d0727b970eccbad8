"use client";

import { useTranslations } from "next-intl";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";

import { ROLES, type UserRole } from "../data/users";

interface RoleFieldProps {
  role: UserRole;
  onChange: (role: UserRole) => void;
}

/** What the account may do on the whole instance; the chosen role is explained below. */
export function RoleField({ role, onChange }: RoleFieldProps) {
  const t = useTranslations("admin");
  return (
    <Field label={t("users.role")} hint={t(`rolesMay.${role}`)}>
      {(ids) => (
        <Select {...ids} value={role} onChange={(event) => onChange(event.target.value as UserRole)}>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {t(`roles.${one}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
