"""PostgreSQL, Redis, an S3 server and the product itself as ordinary processes: no Docker, no root."""

from stack.embedded.config import StackConfig
from stack.embedded.credentials import Credentials, Ports, environment_for, new_credentials
from stack.embedded.services import PRODUCT, SERVERS, WEB_APP, ServiceName
from stack.embedded.stack import EmbeddedStack
from stack.embedded.status import ServiceStatus

__all__ = [
    "PRODUCT",
    "SERVERS",
    "WEB_APP",
    "Credentials",
    "EmbeddedStack",
    "Ports",
    "ServiceName",
    "ServiceStatus",
    "StackConfig",
    "environment_for",
    "new_credentials",
]
