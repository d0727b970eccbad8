"""The web app: one Node.js process that serves the pages and forwards everything else to the API."""

import http.client
import json
from typing import ClassVar

from stack.embedded.addresses import reachable
from stack.embedded.loopback import LoopbackConnection
from stack.embedded.product import CHECK_TIMEOUT_S
from stack.embedded.program import Program
from stack.embedded.service import NotAnswering, Service, Tell
from stack.embedded.services import ServiceName
from stack.web import digests
from stack.web.errors import NotBuilt
from stack.web.node import find
from stack.web.places import FRONTEND, SERVED, SERVER

PAGE = "/sign-in"
NO_NODE = "/usr/bin/node"


class Web(Service):
    """The web app as it was built last."""

    name: ClassVar[ServiceName] = ServiceName.WEB
    program_names: ClassVar[tuple[str, ...]] = ("web",)
    start_timeout_s: ClassVar[float] = 120.0

    def programs(self) -> tuple[Program, ...]:
        """The one process; a new build, or a change in what serves it, starts it anew."""
        node = find()
        return (
            Program(
                name=self.name,
                command=(str(node.program) if node else NO_NODE, str(SERVER)),
                folder=FRONTEND,
                environment=self._environment(),
                digest=digests.of_served(),
            ),
        )

    def ports(self) -> tuple[int, ...]:
        """The port that browsers open."""
        return (self._config.web_port,)

    def prepare(self, tell: Tell) -> None:
        """Raise NotBuilt unless there is something to serve."""
        del tell
        if not digests.stamp_in(SERVED):
            raise NotBuilt

    def check(self, pid: int | None) -> None:
        """GET a page that anybody may see."""
        del pid
        connection = LoopbackConnection(
            self._config.web_port, CHECK_TIMEOUT_S, reachable(self._config.web_host)
        )
        try:
            connection.request("GET", PAGE)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise NotAnswering(str(error) or type(error).__name__) from error
        finally:
            connection.close()
        if status != http.HTTPStatus.OK:
            raise NotAnswering(f"GET {PAGE} answers {status}")

    def _environment(self) -> dict[str, str]:
        config = self._config
        return {
            "NODE_ENV": "production",
            "NEXT_TELEMETRY_DISABLED": "1",
            "SCRIBE_WEB__BUILD": SERVED.name,
            "SCRIBE_WEB__HOST": config.web_host,
            "SCRIBE_WEB__PORT": str(config.web_port),
            "SCRIBE_WEB__GATEWAY": f"http://{_in_url(reachable(config.api_host))}:{config.api_port}",
            "SCRIBE_API__TRUSTED_PROXIES": json.dumps(list(config.trusted_proxies)),
        }


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
