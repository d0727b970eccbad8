import http from "node:http";

import { afterEach, expect, test } from "vitest";

import { forwarder } from "./forward.mjs";
import { proxies } from "./proxies.mjs";

const open = [];

afterEach(() => {
  open.splice(0).forEach((server) => {
    server.closeAllConnections();
    server.close();
  });
});

function listening(handler) {
  return new Promise((resolve) => {
    const server = http.createServer(handler);
    open.push(server);
    server.listen(0, "127.0.0.1", () => resolve(server.address().port));
  });
}

/** A server that forwards to a gateway which answers as `handler` does. */
async function front(handler, trusted = []) {
  const gateway = await listening(handler);
  const { forward } = forwarder(new URL(`http://127.0.0.1:${gateway}`), proxies(trusted));
  return listening(forward);
}

function ask(port, { body, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, ...options }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () =>
        resolve({ status: answer.statusCode, headers: answer.headers, text: String(Buffer.concat(parts)) }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

const echo = (request, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers }));
};

test("a request arrives as it was sent, its host included", async () => {
  const port = await front(echo);
  const { text } = await ask(port, {
    path: "/api/v1/x?a=%20b",
    headers: { host: "scribe.test", cookie: "a=1" },
  });
  expect(JSON.parse(text)).toMatchObject({
    url: "/api/v1/x?a=%20b",
    headers: {
      host: "scribe.test",
      cookie: "a=1",
      "x-forwarded-host": "scribe.test",
      "x-forwarded-proto": "http",
    },
  });
});

test("what a stranger says about where it comes from is not passed on", async () => {
  const port = await front(echo);
  const headers = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };
  const { text } = await ask(port, { headers });
  expect(JSON.parse(text).headers).toMatchObject({
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-proto": "http",
  });
});

test.each([[["127.0.0.1"]], [["127.0.0.0/8"]], [["*"]]])(
  "a proxy that was named is believed: %j",
  async (named) => {
    const port = await front(echo, named);
    const headers = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };
    const { text } = await ask(port, { headers });
    expect(JSON.parse(text).headers).toMatchObject({
      "x-forwarded-for": "203.0.113.9, 127.0.0.1",
      "x-forwarded-proto": "https",
    });
  },
);

test("a gateway that is away is a 502 with a code", async () => {
  const gone = await listening(echo);
  open.pop().close();
  const { forward } = forwarder(new URL(`http://127.0.0.1:${gone}`), proxies([]));
  const { status, text } = await ask(await listening(forward), { method: "POST", body: "x".repeat(1 << 20) });
  expect(status).toBe(502);
  expect(JSON.parse(text).error.code).toBe("GATEWAY_UNREACHABLE");
});

test("an answer passes while the request is still being sent", async () => {
  const port = await front((_, response) => {
    response.writeHead(413);
    response.end("too large");
  });
  const { status, text } = await ask(port, { method: "POST", body: Buffer.alloc(8 << 20) });
  expect({ status, text }).toEqual({ status: 413, text: "too large" });
});

test("the first event of a stream does not wait for the second", async () => {
  const port = await front((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: one\n\n");
  });
  const first = await new Promise((resolve) => {
    http.get({ host: "127.0.0.1", port }, (answer) => answer.once("data", (part) => resolve(String(part))));
  });
  expect(first).toBe("data: one\n\n");
});

test("a reader who goes away is known to the gateway", async () => {
  let told;
  const gone = new Promise((resolve) => (told = resolve));
  const port = await front((_, response) => {
    response.write("data: one\n\n");
    response.on("close", told);
  });
  const request = http.get({ host: "127.0.0.1", port }, (answer) =>
    answer.once("data", () => request.destroy()),
  );
  request.on("error", () => undefined);
  await gone;
});
