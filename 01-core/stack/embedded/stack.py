"""Start, stop and watch the embedded stack: the one object that the CLI and the tests hold."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Lock

from stack.embedded.checks import check_credentials, check_disk, check_folder
from stack.embedded.config import StackConfig
from stack.embedded.errors import UnknownService, VolumesInUse
from stack.embedded.layout import Layout
from stack.embedded.locks import holder, turn
from stack.embedded.ports import check_port, is_draining
from stack.embedded.postgres import Postgres, program_path
from stack.embedded.product import Api, Gpu, Scheduler
from stack.embedded.program import Program
from stack.embedded.redis import Redis
from stack.embedded.rpc import SupervisorClient
from stack.embedded.s3 import S3
from stack.embedded.service import Service
from stack.embedded.services import STAGES, ServiceName
from stack.embedded.starting import Start
from stack.embedded.status import ServiceStatus, describe_service
from stack.embedded.supervisor import Supervisor, until
from stack.embedded.web import Web

Progress = Callable[[str, str], None]
"""Called with a service and a sentence about what is being done to it."""

KINDS: tuple[type[Service], ...] = (Postgres, Redis, S3, Api, Gpu, Scheduler, Web)
TURN_PATIENCE_S = 120.0
STOP_TIMEOUT_S = 60.0
HANDOVER_S = 12.0
DRAIN_S = 65.0


class EmbeddedStack:
    """The servers and the product's processes of one ``volumes`` folder, under one supervisor.

    All methods are synchronous and may be called from several processes at once: those that change
    something take turns. Every failure is a StackError with a sentence for the operator.
    """

    def __init__(self, config: StackConfig) -> None:
        self._layout = Layout(config.volumes.absolute())
        self._supervisor = Supervisor(self._layout, config.python)
        self._services = {
            kind.name: kind(config, self._layout) for kind in KINDS if kind.name in config.services
        }
        self._config = config

    def up(self, progress: Progress, services: Iterable[str] | None = None) -> None:
        """Start what does not run (all services, or those named) and return when each one answers.

        Changed settings are applied: what runs with old ones is started anew, if it is among ``services``.
        """
        chosen = (
            [*self._services.values()] if services is None else [self._service(name) for name in services]
        )
        with self._turn():
            self._start(chosen, self._ready_to_start(progress), progress)

    def is_current(self) -> bool:
        """Whether every process is kept as settings and code describe it now, be it running or not."""
        with self._turn():
            return self._supervisor.has(self._programs())

    def down(self, progress: Progress) -> None:
        """Stop everything in reverse order; return when no process is left."""
        if not self._layout.run.is_dir():
            return
        with self._only_one():
            client = self._supervisor.client()
            if client:
                for stage in reversed(STAGES):
                    self._stop(
                        [service for service in self._services.values() if service.name in stage],
                        client,
                        progress,
                    )
            self._supervisor.end()

    def restart(self, service: str, progress: Progress) -> None:
        """Stop and start one service, and whatever ran with old settings, and wait until they answer."""
        chosen = self._service(service)
        with self._turn():
            ran = self._running()
            client = self._ready_to_start(progress)
            self._stop([chosen], client, progress)
            runs = [chosen, *self._running()]
            self._start([chosen, *(each for each in ran if each not in runs)], client, progress)

    def status(self) -> list[ServiceStatus]:
        """One row a service, in starting order; each running one is asked whether it answers."""
        client = self._supervisor.client()
        processes = client.processes() if client else {}
        with ThreadPoolExecutor(max_workers=max(1, len(self._services))) as threads:
            return list(threads.map(partial(describe_service, processes=processes), self._services.values()))

    def healthy(self, services: Iterable[str] | None = None) -> bool:
        """Whether every service answers, or every one of those named."""
        asked = self._services if services is None else set(services)
        return all(row.ready for row in self.status() if row.name in asked)

    def log_paths(self, service: str) -> tuple[Path, ...]:
        """The logs of all processes of a service, that of the one which clients talk to last."""
        return tuple(self._layout.log(name) for name in self._service(service).program_names)

    def postgres_program(self, name: str) -> Path:
        """Path of a program that PostgreSQL carries, such as ``psql`` or ``pg_dump``."""
        return program_path(name)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """For what starts processes: the folders are made, and found to be usable."""
        check_folder(self._layout.volumes)
        self._layout.make()
        with self._only_one():
            yield

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        with turn(self._layout.lock("turn"), patience_s=TURN_PATIENCE_S):
            yield

    def _ready_to_start(self, progress: Progress) -> SupervisorClient:
        check_credentials(self._config.credentials, self._config.services)
        if warning := check_disk(self._layout.volumes):
            progress("disk", warning)
        return self._supervisor.ensure(self._programs())

    def _programs(self) -> list[Program]:
        return [program for service in self._services.values() for program in service.programs()]

    def _running(self) -> list[Service]:
        """The services of which at least one process runs, or is being started again."""
        client = self._supervisor.client()
        processes = client.processes() if client else {}
        kept = {name for name, process in processes.items() if not process.state.at_rest}
        return [service for service in self._services.values() if kept.intersection(service.program_names)]

    def _start(self, services: list[Service], client: SupervisorClient, progress: Progress) -> None:
        """The servers first: the product's processes need them, and the web app needs those."""
        for stage in STAGES:
            self._start_side_by_side(
                [service for service in services if service.name in stage], client, progress
            )

    def _start_side_by_side(
        self, services: list[Service], client: SupervisorClient, progress: Progress
    ) -> None:
        """Start all of them at once; where one cannot start, nobody waits for the others."""
        told_one_by_one = Lock()
        given_up = Event()

        def tell(service: str, sentence: str) -> None:
            with told_one_by_one:
                progress(service, sentence)

        def bring_up(service: Service) -> None:
            start = Start(service, client, self._layout, tell, given_up)
            if not start.is_running():
                if not start.is_partly_running():
                    self._claim(service, tell)
                start.begin()
            start.wait()

        with ThreadPoolExecutor(max_workers=len(KINDS)) as threads:
            starts = [threads.submit(bring_up, service) for service in services]
            try:
                wait(starts, return_when=FIRST_EXCEPTION)
            finally:
                given_up.set()
        for start in starts:
            start.result()

    def _claim(self, service: Service, progress: Progress) -> None:
        """Wait for the remains of a killed stack; raise VolumesInUse or PortTaken for a stranger's."""
        for name in service.program_names:
            lock = self._layout.lock(name)
            if not until(partial(_is_free, lock), timeout_s=HANDOVER_S):
                raise VolumesInUse(path=self._layout.volumes, owner=holder(lock) or "another process")
        for port in service.ports():
            if is_draining(port):
                progress(service.name, f"waiting for the system to let go of port {port} (a minute at most)")
                until(partial(_is_not_draining, port), timeout_s=DRAIN_S)
            check_port(service.name, port)

    def _stop(self, services: list[Service], client: SupervisorClient, progress: Progress) -> None:
        names = [name for service in services for name in service.program_names]
        running = client.processes()
        for service in reversed(services):
            own = [name for name in reversed(service.program_names) if name in running]
            if own:
                progress(service.name, "stopping")
            for name in own:
                client.stop(name)

        def at_rest() -> bool:
            processes = client.processes()
            return all(name not in processes or processes[name].state.at_rest for name in names)

        until(at_rest, timeout_s=STOP_TIMEOUT_S)

    def _service(self, name: str) -> Service:
        try:
            return self._services[ServiceName(name)]
        except (KeyError, ValueError):
            raise UnknownService(service=name, known=", ".join(self._services)) from None


def _is_free(lock: Path) -> bool:
    return holder(lock) is None


def _is_not_draining(port: int) -> bool:
    return not is_draining(port)
