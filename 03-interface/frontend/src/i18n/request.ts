/** What next-intl needs to know of each request: language, words, and how to write dates. */
import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";

import { chooseLocale, LOCALE_COOKIE } from "./locales";
import { MESSAGES } from "./messages";

export default getRequestConfig(async () => {
  const cookie = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = chooseLocale(cookie, (await headers()).get("accept-language"));
  return { locale, messages: MESSAGES[locale] };
});
