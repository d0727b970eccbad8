// The web app's one process: pages from Next.js, everything under /api and /v1 forwarded to the gateway.
//
// One origin for both, so that the session's cookies are first-party and no other page can use them.
// SCRIBE_WEB__HOST, SCRIBE_WEB__PORT: where browsers find it; SCRIBE_WEB__GATEWAY: where the gateway is;
// SCRIBE_API__TRUSTED_PROXIES: who is believed when it says whose request it passes on.
import http from "node:http";
import { fileURLToPath } from "node:url";

import next from "next";

import { forwarder } from "./forward.mjs";
import { secure } from "./headers.mjs";
import { proxies } from "./proxies.mjs";

const FORWARDED = /^\/(api|v1)(\/|\?|$)/;
const DRAIN_MS = 5_000;

const dev = process.argv.includes("--dev");
const host = process.env.SCRIBE_WEB__HOST ?? "127.0.0.1";
const port = Number(process.env.SCRIBE_WEB__PORT ?? 3000);
const gateway = new URL(process.env.SCRIBE_WEB__GATEWAY ?? "http://127.0.0.1:5000");
const { forward, forwardUpgrade } = forwarder(
  gateway,
  proxies(JSON.parse(process.env.SCRIBE_API__TRUSTED_PROXIES || "[]")),
);

process.env.NEXT_TELEMETRY_DISABLED ??= "1";
const app = next({ dev, hostname: host, port, dir: fileURLToPath(new URL("..", import.meta.url)) });
await app.prepare();
const page = app.getRequestHandler();
const pageUpgrade = app.getUpgradeHandler();

const server = http.createServer((request, response) => {
  if (FORWARDED.test(request.url ?? "")) {
    forward(request, response);
    return;
  }
  secure(request, response, { dev });
  void page(request, response);
});
server.on("upgrade", (request, socket, head) => {
  if (FORWARDED.test(request.url ?? "")) {
    forwardUpgrade(request, socket, head);
  } else if (dev) {
    void pageUpgrade(request, socket, head);
  } else {
    socket.destroy();
  }
});
// An upload of hours is no slow request, and an event stream never ends.
server.requestTimeout = 0;
server.listen(port, host, () => {
  console.log(JSON.stringify({ event: "web_listening", host, port, gateway: gateway.origin }));
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
  });
}
