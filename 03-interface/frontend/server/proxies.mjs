// Whose word counts on where a request comes from: the proxies that the operator named, and nobody else's.
import net from "node:net";

const LOOPBACK = new net.BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/** `addresses`: addresses, networks (`10.0.0.0/8`), or `*` for everybody. */
export function proxies(addresses) {
  const known = new net.BlockList();
  for (const address of addresses.filter((one) => one !== "*")) {
    const [base, prefix] = address.split("/");
    const family = `ipv${net.isIP(base) || 4}`;
    if (net.isIP(base) && prefix) {
      known.addSubnet(base, Number(prefix), family);
    } else if (net.isIP(base)) {
      known.addAddress(base, family);
    }
  }
  const everybody = addresses.includes("*");
  const trusts = (address) => everybody || known.check(address, `ipv${net.isIP(address) || 4}`);
  return { origin: (request) => origin(request, trusts) };
}

let said = false;

/** Say once that a proxy on this machine is not named: everybody behind it counts as one address. */
function noteStranger(peer, request) {
  if (
    !said &&
    net.isIP(peer) &&
    LOOPBACK.check(peer, `ipv${net.isIP(peer)}`) &&
    request.headers["x-forwarded-for"]
  ) {
    said = true;
    console.log(
      JSON.stringify({ event: "proxy_not_trusted", address: peer, setting: "SCRIBE_API__TRUSTED_PROXIES" }),
    );
  }
}

/** The headers that tell the gateway who asks, and by which protocol. */
function origin(request, trusts) {
  const peer = (request.socket.remoteAddress ?? "").replace(MAPPED, "");
  const trusted = trusts(peer);
  if (!trusted) {
    noteStranger(peer, request);
  }
  const told = trusted ? request.headers : {};
  return {
    "x-forwarded-for": [told["x-forwarded-for"], peer].filter(Boolean).join(", "),
    "x-forwarded-host": told["x-forwarded-host"] ?? request.headers.host ?? "",
    "x-forwarded-proto": told["x-forwarded-proto"] ?? "http",
  };
}
