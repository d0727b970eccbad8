/** The gateway, typed by its own OpenAPI document; `./manage.sh web types` writes schema.d.ts anew. */
import createClient from "openapi-fetch";

import type { components, paths } from "./schema";
import { sessionFetch } from "./session";

export type Schemas = components["schemas"];

/** Every call either gives `data` or throws Problem. */
export const api = createClient<paths>({ baseUrl: origin(), fetch: sessionFetch });

function origin(): string {
  return typeof window === "undefined" ? "http://127.0.0.1" : window.location.origin;
}

/** The answer of a call, without the envelope that openapi-fetch puts around it. */
export async function answer<T>(call: Promise<{ data?: T | undefined }>): Promise<NonNullable<T>> {
  const { data } = await call;
  return data as NonNullable<T>;
}
