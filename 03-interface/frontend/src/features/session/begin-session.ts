/** What every way to sign in ends with. */
import type { Schemas } from "@/api/client";
import type { Me } from "@/api/me";
import { tellOtherTabs } from "@/api/other-tabs";
import { keepAlive } from "@/api/session";

/** Keep the new session alive, and let the other tabs of this browser know whose it is. */
export function beginSession({ expires_in, user }: Schemas["TokenPair"]): Me {
  keepAlive(expires_in);
  tellOtherTabs({ type: "signed-in", user: user.id });
  return user;
}
