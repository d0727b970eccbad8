// Forward a request to the gateway as a stream in both directions: nothing is buffered, so uploads of
// gigabytes and event streams pass; when either side goes, the other is told.
import http from "node:http";
import net from "node:net";
import { pipeline } from "node:stream";

const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What forwards to `gateway`, telling it where each request comes from as `trusted` finds it. */
export function forwarder(gateway, trusted) {
  const headersOf = (request) => ({ ...endToEnd(request.headers), ...trusted.origin(request) });
  return {
    forward: (request, response) => forward(gateway, headersOf(request), request, response),
    forwardUpgrade: (request, socket, head) =>
      forwardUpgrade(gateway, headersOf(request), request, socket, head),
  };
}

/** Answer `response` with what the gateway says to `request`; a gateway that is away gets its own error. */
function forward(gateway, headers, request, response) {
  if (request.headers["transfer-encoding"]) {
    headers["transfer-encoding"] = "chunked";
  }
  // A gateway that closes after an early answer, with bytes on their way to it, would take that answer back.
  headers.connection = "keep-alive";
  const upstream = http.request({
    host: hostOf(gateway),
    port: gateway.port || 80,
    method: request.method,
    path: request.url,
    headers,
    agent: false,
  });
  upstream.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.headers));
    response.flushHeaders();
    pipeline(answer, response, () => {
      upstream.destroy();
      request.resume(); // of an upload that was refused early: browsers read the answer when they have sent all
    });
  });
  upstream.on("error", () => {
    if (!response.headersSent) {
      sayUnreachable(request, response);
      request.resume();
    } // else the gateway refused the rest of the request, and its answer is on its way
  });
  response.on("close", () => upstream.destroy());
  request.on("error", () => upstream.destroy());
  request.pipe(upstream);
}

/** Join a WebSocket with the gateway's. */
function forwardUpgrade(gateway, headers, request, socket, head) {
  const upstream = net.connect(Number(gateway.port || 80), hostOf(gateway), () => {
    const all = { ...headers, connection: "Upgrade", upgrade: request.headers.upgrade };
    const lines = Object.entries(all).flatMap(([name, value]) =>
      [value].flat().map((one) => `${name}: ${one}`),
    );
    upstream.write([`${request.method} ${request.url} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on("error", () => socket.destroy());
  socket.on("error", () => upstream.destroy());
  socket.on("close", () => upstream.destroy());
  upstream.on("close", () => socket.destroy());
}

/** Node.js wants IPv6 addresses without the brackets that URLs put around them. */
function hostOf(gateway) {
  return gateway.hostname.replace(/^\[|\]$/g, "");
}

function endToEnd(headers) {
  return Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== undefined && !HOP_BY_HOP.has(name)),
  );
}

function sayUnreachable(request, response) {
  const body = JSON.stringify({
    error: {
      code: "GATEWAY_UNREACHABLE",
      message: "The gateway does not answer. Its operator can start it with ./manage.sh up.",
      detail: {},
    },
  });
  response.writeHead(502, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(request.method === "HEAD" ? undefined : body);
}
