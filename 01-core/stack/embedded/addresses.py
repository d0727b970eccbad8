"""Read from the settings which servers are ours to run, and with which ports and secrets."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from scribe.settings import Settings
from stack.embedded.credentials import Credentials, Ports
from stack.embedded.errors import StackMisconfigured
from stack.embedded.services import ServiceName

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class _Server:
    service: ServiceName
    setting: str
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
                setting=self.setting,
                found=address.port,
                port_setting=f"SCRIBE_STACK__{self.service.upper()}_PORT",
                expected=self.port,
            )
        return True


def read_settings(settings: Settings) -> tuple[Ports, Credentials, tuple[ServiceName, ...]]:
    """Ports, credentials and the servers to run; raise StackMisconfigured as ``StackConfig`` says."""
    stack = settings.stack
    postgres = _Server(
        ServiceName.POSTGRES,
        "SCRIBE_DATABASE__URL",
        settings.database.url.get_secret_value(),
        stack.postgres_port,
    )
    redis = _Server(
        ServiceName.REDIS, "SCRIBE_REDIS__URL", settings.redis.url.get_secret_value(), stack.redis_port
    )
    s3 = _Server(ServiceName.S3, "SCRIBE_S3__ENDPOINT", settings.s3.endpoint, stack.s3_port)
    ports = Ports(postgres=stack.postgres_port, redis=stack.redis_port, s3=stack.s3_port)
    credentials = Credentials(
        postgres_password=postgres.password,
        redis_password=redis.password,
        s3_access_key=settings.s3.access_key.get_secret_value(),
        s3_secret_key=settings.s3.secret_key.get_secret_value(),
    )
    return ports, credentials, tuple(server.service for server in (postgres, redis, s3) if server.is_ours())
