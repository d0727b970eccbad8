import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Problem } from "./problem";

const ME = "http://scribe.test/api/v1/auth/me";
const EDIT = "http://scribe.test/api/v1/meetings/1/transcript/operations";

function refusal(code: string, status = 401): Response {
  return Response.json({ error: { code, message: code } }, { status });
}

/** What the gateway says, in turn, under each address; the last answer stays. */
function gateway(answers: Record<string, Response[]>) {
  const asked: string[] = [];
  const sent: string[] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(async (input: Request | string) => {
      const url = typeof input === "string" ? new URL(input, ME).href : input.url;
      asked.push(new URL(url).pathname.replace("/api/v1/", ""));
      sent.push(typeof input === "string" ? "" : await input.text());
      const left = answers[url] ?? answers[new URL(url).pathname] ?? [];
      const answer = left.length > 1 ? left.shift() : left[0];
      if (!answer) {
        throw new TypeError("nobody there");
      }
      return answer.clone();
    }),
  );
  return { asked, sent };
}

const REFRESH = "/api/v1/auth/refresh";
const edit = () => new Request(EDIT, { method: "POST", body: "the edit" });

describe("the session", () => {
  let session: typeof import("./session");

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.stubGlobal("navigator", {});
    vi.resetModules();
    session = await import("./session");
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("a request whose access token ran out is sent again with a new one", async () => {
    const { asked } = gateway({
      [ME]: [refusal("TOKEN_EXPIRED"), Response.json({})],
      [REFRESH]: [Response.json({ expires_in: 900 })],
    });
    expect((await session.sessionFetch(new Request(ME))).status).toBe(200);
    expect(asked).toEqual(["auth/me", "auth/refresh", "auth/me"]);
  });

  test("who comes from outside is told so at once", async () => {
    gateway({ [ME]: [refusal("NOT_AUTHENTICATED")], [REFRESH]: [refusal("REFRESH_TOKEN_INVALID")] });
    await expect(session.sessionFetch(new Request(ME))).rejects.toMatchObject({ code: "NOT_AUTHENTICATED" });
  });

  test("an edit that meets the session's end is sent once its owner has signed in again", async () => {
    const { asked, sent } = gateway({
      [EDIT]: [refusal("TOKEN_INVALID"), Response.json({})],
      [REFRESH]: [refusal("REFRESH_TOKEN_INVALID")],
    });
    const ended = vi.fn();
    session.onSessionLost(ended);
    session.settleIn();
    const edited = session.sessionFetch(edit());
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    expect(asked).toEqual(["meetings/1/transcript/operations", "auth/refresh"]);
    session.regain();
    expect((await edited).status).toBe(200);
    expect(sent.at(-1)).toBe("the edit");
  });

  test("two requests at once refresh once", async () => {
    const { asked } = gateway({
      [ME]: [refusal("TOKEN_EXPIRED"), refusal("TOKEN_EXPIRED"), Response.json({})],
      [REFRESH]: [Response.json({ expires_in: 900 })],
    });
    await Promise.all([session.sessionFetch(new Request(ME)), session.sessionFetch(new Request(ME))]);
    expect(asked.filter((path) => path === "auth/refresh")).toHaveLength(1);
  });

  test("a server that is away is no end of the session", async () => {
    gateway({ [EDIT]: [refusal("TOKEN_EXPIRED")], [REFRESH]: [refusal("DATABASE_UNAVAILABLE", 503)] });
    const ended = vi.fn();
    session.onSessionLost(ended);
    session.settleIn();
    await expect(session.sessionFetch(edit())).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    expect(ended).not.toHaveBeenCalled();
  });

  test("a renewal that nobody answers is tried again", async () => {
    const { asked } = gateway({});
    session.settleIn();
    await vi.advanceTimersByTimeAsync(31_000);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(asked).toEqual(["auth/refresh", "auth/refresh"]);
  });

  test("a dead network is told as such", async () => {
    gateway({});
    await expect(session.sessionFetch(new Request(ME))).rejects.toEqual(
      new Problem(0, { code: "NETWORK", message: "Nothing answered." }),
    );
  });
});
