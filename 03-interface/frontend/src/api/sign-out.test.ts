import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { beforeSignOut, signOut, signOutEverywhere } from "./sign-out";

const done = vi.hoisted((): string[] => []);

vi.mock("./client", () => ({ api: { POST: (path: string) => Promise.resolve(void done.push(path)) } }));
vi.mock("./other-tabs", () => ({ tellOtherTabs: () => undefined }));

beforeSignOut(async () => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  done.push("unfinished");
});
beforeSignOut(() => Promise.reject(new Error("It has told so itself.")));

beforeEach(() => {
  done.length = 0;
  vi.stubGlobal("window", { location: { assign: (path: string) => done.push(path) } });
});

afterEach(() => vi.unstubAllGlobals());

test.each([
  [signOut, "/api/v1/auth/logout"],
  [signOutEverywhere, "/api/v1/auth/sign-out-everywhere"],
])("what waits is done before the session ends", async (leave, path) => {
  await leave();
  expect(done).toEqual(["unfinished", path, "/sign-in"]);
});
