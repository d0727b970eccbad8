"""Read from the settings which servers are ours to run, and with which ports and secrets."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from scribe.settings import Settings
from stack.embedded.credentials import Credentials, Ports
from stack.embedded.errors import StackMisconfigured
from stack.embedded.services import ServiceName

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
WILDCARDS = {"0.0.0.0", "::", ""}  # noqa: S104  (compared with, not bound to)
PORT_SETTINGS = {
    ServiceName.POSTGRES: "SCRIBE_STACK__POSTGRES_PORT",
    ServiceName.REDIS: "SCRIBE_STACK__REDIS_PORT",
    ServiceName.S3: "SCRIBE_STACK__S3_PORT",
    ServiceName.API: "SCRIBE_API__PORT",
    ServiceName.WEB: "SCRIBE_WEB__PORT",
}
URL_SETTINGS = {
    ServiceName.POSTGRES: "SCRIBE_DATABASE__URL",
    ServiceName.REDIS: "SCRIBE_REDIS__URL",
    ServiceName.S3: "SCRIBE_S3__ENDPOINT",
}
"""Which settings name the same port once more: both have to change."""


@dataclass(frozen=True)
class _Server:
    service: ServiceName
    url: str
    port: int
    """What ``SCRIBE_STACK__…_PORT`` says."""

    @property
    def password(self) -> str:
        return unquote(urlsplit(self.url).password or "")

    def is_ours(self) -> bool:
        """Whether the URL leads to loopback; raise StackMisconfigured when its port is another."""
        address = urlsplit(self.url)
        if address.hostname not in LOOPBACK:
            return False
        if address.port != self.port:
            raise StackMisconfigured(
                setting=URL_SETTINGS[self.service],
                found=address.port,
                port_setting=PORT_SETTINGS[self.service],
                expected=self.port,
            )
        return True


def free_port_advice(service: ServiceName) -> str:
    """What to set, and everywhere, to move a service to another port; the end of a sentence."""
    settings = PORT_SETTINGS[service]
    if service in URL_SETTINGS:
        settings += f" and the port in {URL_SETTINGS[service]}"
    port = "the first of four free ports in a row" if service is ServiceName.S3 else "a free port"
    return f"set {settings} in .env to {port}"


def read_settings(settings: Settings) -> tuple[Ports, Credentials, tuple[ServiceName, ...]]:
    """Ports, credentials and the servers to run; raise StackMisconfigured as ``StackConfig`` says."""
    stack = settings.stack
    postgres = _Server(ServiceName.POSTGRES, settings.database.url.get_secret_value(), stack.postgres_port)
    redis = _Server(ServiceName.REDIS, settings.redis.url.get_secret_value(), stack.redis_port)
    s3 = _Server(ServiceName.S3, settings.s3.endpoint, stack.s3_port)
    ports = Ports(postgres=stack.postgres_port, redis=stack.redis_port, s3=stack.s3_port)
    credentials = Credentials(
        postgres_password=postgres.password,
        redis_password=redis.password,
        s3_access_key=settings.s3.access_key.get_secret_value(),
        s3_secret_key=settings.s3.secret_key.get_secret_value(),
    )
    return ports, credentials, tuple(server.service for server in (postgres, redis, s3) if server.is_ours())


def reachable(host: str) -> str:
    """Where a program on this machine finds what listens on ``host``."""
    return "127.0.0.1" if host in WILDCARDS else host
