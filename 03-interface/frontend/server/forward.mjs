// Forward a request to the gateway as a stream in both directions: nothing is buffered, so uploads of
// gigabytes and event streams pass; when either side goes, the other is told.
import http from "node:http";
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
      drain(request, upstream);
      upstream.destroy();
    });
  });
  upstream.on("error", () => {
    if (!response.headersSent) {
      sayUnreachable(request, response);
      drain(request, upstream);
    } // else the gateway refused the rest of the request, and its answer is on its way
  });
  response.on("close", () => upstream.destroy());
  request.on("error", () => upstream.destroy());
  request.pipe(upstream);
}

/** Read the rest of an upload that was refused early: browsers read the answer when they have sent all. */
function drain(request, upstream) {
  request.unpipe(upstream); // its end would stop the reading otherwise
  request.resume();
}

/** Join a WebSocket with the gateway's, once the gateway has agreed to one; whatever else it says is the end. */
function forwardUpgrade(gateway, headers, request, socket, head) {
  if (!asksForWebSocket(request)) {
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    return;
  }
  const upstream = http.request({
    host: hostOf(gateway),
    port: gateway.port || 80,
    path: request.url,
    headers: { ...headers, connection: "Upgrade", upgrade: "websocket" },
    agent: false,
  });
  upstream.on("upgrade", (answer, other, first) => {
    socket.write(headOf(answer, { connection: "Upgrade", upgrade: "websocket" }));
    socket.write(first);
    other.write(head);
    other.on("error", () => socket.destroy());
    socket.on("close", () => other.destroy());
    other.on("close", () => socket.destroy());
    other.pipe(socket).pipe(other);
  });
  upstream.on("response", (answer) => {
    socket.write(headOf(answer, { connection: "close" }));
    answer.pipe(socket);
  });
  upstream.on("error", () => socket.destroy());
  socket.on("error", () => upstream.destroy());
  socket.on("close", () => upstream.destroy());
  upstream.end();
}

/** Anything else that is called an upgrade would be a connection to the gateway that nobody looks into. */
function asksForWebSocket(request) {
  const { upgrade = "", "sec-websocket-key": key } = request.headers;
  return request.method === "GET" && upgrade.toLowerCase() === "websocket" && Boolean(key);
}

function headOf(answer, connection) {
  const headers = { ...endToEnd(answer.headers), ...connection };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}`),
  );
  return [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`, ...lines, "", ""].join("\r\n");
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
