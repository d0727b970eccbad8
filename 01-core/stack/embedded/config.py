"""What an embedded stack is made of: which services, on which ports, with which secrets, where."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from scribe.settings import Settings
from stack.embedded.addresses import reachable, read_settings
from stack.embedded.credentials import Credentials, Ports
from stack.embedded.services import PRODUCT, SERVERS, STAGES, WEB_APP, ServiceName
from stack.embedded.variables import as_variables

THIS_MACHINE = ("127.0.0.1", "::1")
EVERYBODY = "*"


@dataclass(frozen=True)
class StackConfig:
    """One embedded stack.

    volumes: the folder that holds all data, logs and run-time files of this stack
    python: the interpreter whose environment carries the servers and the product
    trusted_proxies: whose word on where a request comes from the web app passes on
    environment: variables for the product's processes, on top of those of whoever first started the stack
    services: which services there are, started in the order of ``STAGES``
    """

    volumes: Path
    ports: Ports
    credentials: Credentials
    python: Path = Path(sys.executable)
    api_host: str = "127.0.0.1"
    api_port: int = 5000
    web_host: str = "127.0.0.1"
    web_port: int = 3000
    trusted_proxies: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    services: tuple[ServiceName, ...] = SERVERS + PRODUCT

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The stack that ``.env`` describes; a server that lives on another host is left out.

        Raises StackMisconfigured when a URL on loopback and ``SCRIBE_STACK__…_PORT`` disagree.
        """
        ports, credentials, servers = read_settings(settings)
        return cls(
            volumes=settings.stack.volumes,
            ports=ports,
            credentials=credentials,
            api_host=settings.api.host,
            api_port=settings.api.port,
            web_host=settings.web.host,
            web_port=settings.web.port,
            trusted_proxies=tuple(settings.api.trusted_proxies),
            environment=as_variables(_trusting_the_web_app(settings)),
            services=servers + PRODUCT + (WEB_APP if settings.web.enabled else ()),
        )

    @classmethod
    def of_folder(cls, volumes: Path) -> Self:
        """Whatever stack is in the folder: enough to stop it and to find its logs, not to start or ask it."""
        nothing = Credentials(postgres_password="", redis_password="", s3_access_key="", s3_secret_key="")
        return cls(
            volumes=volumes,
            ports=Ports(postgres=0, redis=0, s3=0),
            credentials=nothing,
            services=tuple(service for stage in STAGES for service in stage),
        )


def _trusting_the_web_app(settings: Settings) -> Settings:
    """The API believes the web app's word on where a request comes from: both run on this machine."""
    if not settings.web.enabled or EVERYBODY in settings.api.trusted_proxies:
        return settings
    trusted = dict.fromkeys([*settings.api.trusted_proxies, *THIS_MACHINE, reachable(settings.api.host)])
    return settings.model_copy(
        update={"api": settings.api.model_copy(update={"trusted_proxies": list(trusted)})}
    )
