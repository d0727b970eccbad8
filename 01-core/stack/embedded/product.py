"""The product's own processes: the API, the GPU worker and the scheduler."""

import http.client
from typing import ClassVar

from stack.embedded.addresses import reachable
from stack.embedded.loopback import LoopbackConnection
from stack.embedded.program import Program
from stack.embedded.redis import Redis
from stack.embedded.revision import revision_of
from stack.embedded.service import NotAnswering, Service
from stack.embedded.services import ServiceName

READY = "/api/v1/health/ready"
CHECK_TIMEOUT_S = 5.0
FOUND = "return {ok=(redis.call('keys',ARGV[1])[1] or redis.call('keys',ARGV[2])[1]) and 'HERE' or 'AWAY'}"
PRESENCE = "scribe:worker:"
"""Prefix of the keys of ``scribe.queue.presence``, which is too slow to import for a command that looks."""


class ProductService(Service):
    """A Python module of the product, run as a process."""

    module: ClassVar[str]
    packages: ClassVar[tuple[str, ...]]
    """Whose code it runs: a change in it starts the process anew."""
    start_timeout_s: ClassVar[float] = 240.0

    def programs(self) -> tuple[Program, ...]:
        """The one process; its settings are part of its description, so a change in them starts it anew."""
        return (
            Program(
                name=self.name,
                command=(str(self._config.python), "-P", "-m", self.module),
                folder=self._layout.volumes,
                environment={"PYTHONUNBUFFERED": "1", **self._config.environment},
                stop_wait_s=20,
                digest=revision_of(self.packages),
            ),
        )


class Api(ProductService):
    """The HTTP gateway."""

    name: ClassVar[ServiceName] = ServiceName.API
    program_names: ClassVar[tuple[str, ...]] = ("api",)
    module: ClassVar[str] = "scribe_api"
    packages: ClassVar[tuple[str, ...]] = ("scribe", "scribe_api")

    def ports(self) -> tuple[int, ...]:
        """The port that users know."""
        return (self._config.api_port,)

    def check(self, pid: int | None) -> None:  # noqa: ARG002  (it answers for itself)
        """GET the readiness endpoint, which asks every server in turn."""
        host = reachable(self._config.api_host)
        connection = LoopbackConnection(self._config.api_port, CHECK_TIMEOUT_S, host)
        try:
            connection.request("GET", READY)
            response = connection.getresponse()
            body = response.read(500).decode("utf-8", errors="replace")
        except (OSError, http.client.HTTPException) as error:
            raise NotAnswering(str(error) or type(error).__name__) from error
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK:
            raise NotAnswering(f"GET {READY} answers {response.status}: {body}")


class Worker(ProductService):
    """A process that only calls others: a key in Redis, renewed while it works, says that it is there."""

    role: ClassVar[str]
    packages: ClassVar[tuple[str, ...]] = ("scribe", "scribe_worker")

    def ports(self) -> tuple[int, ...]:
        """None."""
        return ()

    def check(self, pid: int | None) -> None:
        """Look for the key of this very process; a killed predecessor's takes a while to fade."""
        if ServiceName.REDIS not in self._config.services:
            return
        name = f"{PRESENCE}{self.role}:*:{pid}"
        try:
            Redis(self._config, self._layout).ask(f'EVAL "{FOUND}" 0 {name} {name}:*', b"+HERE")
        except NotAnswering:
            raise NotAnswering("it has not reported to Redis yet") from None


class Gpu(Worker):
    """The worker that transcribes."""

    name: ClassVar[ServiceName] = ServiceName.GPU
    program_names: ClassVar[tuple[str, ...]] = ("gpu",)
    module: ClassVar[str] = "scribe_worker.gpu"
    role: ClassVar[str] = "gpu"


class Scheduler(Worker):
    """The sweeper of jobs and uploads."""

    name: ClassVar[ServiceName] = ServiceName.SCHEDULER
    program_names: ClassVar[tuple[str, ...]] = ("scheduler",)
    module: ClassVar[str] = "scribe_worker.scheduler"
    role: ClassVar[str] = "scheduler"
