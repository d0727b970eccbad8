import http from "node:http";
import net from "node:net";

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

test("an upload that was refused early is read to its end, so that its sender comes to read why", async () => {
  const port = await front((_, response) => {
    response.writeHead(413);
    response.end("too large");
  });
  const size = 32 << 20;
  const told = await new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("error", reject);
    socket.pause();
    socket.write(`POST /api/v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`);
    socket.write(Buffer.alloc(size), () => {
      socket.once("data", (part) => {
        socket.destroy();
        resolve(String(part));
      });
      socket.resume();
    });
  });
  expect(told).toMatch(/^HTTP\/1\.1 413 /);
});

/** What a connection is told in answer to `requests`, one after the other on it, until it is closed. */
async function upgraded(handler, requests) {
  const gateway = http.createServer(handler);
  gateway.on("upgrade", (request, socket) => {
    socket.end(
      request.headers.upgrade === "websocket"
        ? "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello"
        : "HTTP/1.1 200 OK\r\n\r\n",
    );
  });
  open.push(gateway);
  await new Promise((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  const url = new URL(`http://127.0.0.1:${gateway.address().port}`);
  const { forward, forwardUpgrade } = forwarder(url, proxies([]));
  const server = http.createServer(forward);
  server.on("upgrade", forwardUpgrade);
  open.push(server);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new Promise((resolve, reject) => {
    const parts = [];
    const socket = net.connect(server.address().port, "127.0.0.1", () => socket.write(requests));
    socket.on("data", (part) => parts.push(part));
    socket.on("error", reject);
    socket.on("close", () => resolve(String(Buffer.concat(parts))));
  });
}

const WEBSOCKET = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\n\r\n";

test("a WebSocket is joined with the gateway's", async () => {
  const told = await upgraded(echo, `GET /api/v1/ws HTTP/1.1\r\nHost: a\r\n${WEBSOCKET}`);
  expect(told).toMatch(/^HTTP\/1\.1 101 [^]*hello$/);
});

test.each([
  ["another protocol", "Connection: Upgrade\r\nUpgrade: x\r\n\r\n"],
  ["a WebSocket without a key", "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
])("%s is no way to speak to the gateway unseen", async (_, upgrade) => {
  const asked = [];
  const gateway = (request, response) => {
    asked.push(request.url);
    response.end();
  };
  const second = "POST /metrics HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n";
  const told = await upgraded(gateway, `GET /api/v1/setup HTTP/1.1\r\nHost: a\r\n${upgrade}${second}`);
  expect(told).toMatch(/^HTTP\/1\.1 400 /);
  expect(asked).toEqual([]);
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
