"""What an embedded stack is made of: which services, on which ports, with which secrets, where."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from scribe.settings import Settings
from stack.embedded.addresses import read_settings
from stack.embedded.credentials import Credentials, Ports
from stack.embedded.services import PRODUCT, SERVERS, ServiceName


@dataclass(frozen=True)
class StackConfig:
    """One embedded stack.

    volumes: the folder that holds all data, logs and run-time files of this stack
    python: the interpreter whose environment carries the servers and the product
    environment: variables for the product's processes, on top of those of whoever starts the stack
    services: which services there are, started in the order of ``SERVERS`` and then ``PRODUCT``
    """

    volumes: Path
    ports: Ports
    credentials: Credentials
    python: Path = Path(sys.executable)
    api_host: str = "127.0.0.1"
    api_port: int = 5000
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    services: tuple[ServiceName, ...] = SERVERS + PRODUCT

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The stack that ``.env`` describes; a server that lives on another host is left out.

        Raises StackMisconfigured when a URL on loopback and ``SCRIBE_STACK__…_PORT`` disagree.
        """
        ports, credentials, servers = read_settings(settings)
        return cls(
            volumes=settings.stack.volumes.absolute(),
            ports=ports,
            credentials=credentials,
            api_host=settings.api.host,
            api_port=settings.api.port,
            services=servers + PRODUCT,
        )
