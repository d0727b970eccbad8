"""One start of one service, from its data to its first answer."""

import time
from collections.abc import Callable
from threading import Event

from stack.embedded.errors import ServiceNotReady
from stack.embedded.files import last_lines
from stack.embedded.layout import Layout
from stack.embedded.rpc import ProcessState, State, SupervisorClient
from stack.embedded.service import NotAnswering, Service
from stack.embedded.supervisor import POLL_S, until

HEAL_STOP_TIMEOUT_S = 30.0
STARTS_ALLOWED = 3
"""A predecessor's remains, or a port in its last moments of use, may cost a start or two, not more."""


class Start:
    """Starts a service that does not run, and waits for one that does."""

    def __init__(
        self,
        service: Service,
        client: SupervisorClient,
        layout: Layout,
        progress: Callable[[str, str], None],
        given_up: Event,
    ) -> None:
        self.service = service
        self._given_up = given_up
        self._client = client
        self._layout = layout
        self._progress = progress
        self._began: float | None = None
        self._log_ends: dict[str, int] = {}
        self._births: set[tuple[str, int]] = set()
        self._healed = False

    def is_running(self) -> bool:
        """Whether all its processes run already, or are about to."""
        return all(process.state.alive for process in self._processes())

    def is_partly_running(self) -> bool:
        """Whether one of its processes runs, so that its data are already this stack's."""
        return any(process.pid for process in self._processes())

    def begin(self) -> None:
        """Prepare its data and start its processes."""
        self._began = time.monotonic()
        if not self.is_partly_running():
            self.service.prepare(self._tell)
        self._log_ends = {name: self._log_size(name) for name in self.service.program_names}
        self._births.clear()
        for process in self._processes():
            if not process.state.alive:
                self._client.start(process.program)

    def wait(self) -> None:
        """Return when it answers, or when ``given_up`` is set because another service cannot start.

        Raises ServiceNotReady when it does not answer in time, or keeps dying.
        """
        deadline = time.monotonic() + self.service.start_timeout_s
        while True:
            processes = self._processes()
            reason = self._why_not(processes)
            if reason is None:
                break
            dead = self._keeps_dying(processes)
            if dead and not self._heal(dead):
                raise self._not_ready(dead, dead.complaint or "its process keeps ending")
            if time.monotonic() > deadline:
                raise self._not_ready(
                    processes[-1], f"{reason} (waited {self.service.start_timeout_s:.0f} s)"
                )
            if self._given_up.wait(POLL_S):
                return
        self.service.complete(self._tell)
        if self._began is not None:
            self._tell(f"ready after {time.monotonic() - self._began:.1f} s")

    def _why_not(self, processes: list[ProcessState]) -> str | None:
        resting = next((one for one in processes if not one.state.alive), None)
        if resting:
            return f"{resting.program} is {resting.state.lower()}"
        try:
            self.service.check(processes[-1].pid)
        except NotAnswering as answer:
            return str(answer)
        return None

    def _keeps_dying(self, processes: list[ProcessState]) -> ProcessState | None:
        for process in processes:
            if process.state in {State.FATAL, State.UNKNOWN}:
                return process
            self._births.add((process.program, process.started))
            if sum(program == process.program for program, _ in self._births) > STARTS_ALLOWED:
                return process
        return None

    def _heal(self, dead: ProcessState) -> bool:
        if self._healed:
            return False
        self._healed = True
        self._client.stop(dead.program)
        until(lambda: self._client.processes()[dead.program].state.at_rest, timeout_s=HEAL_STOP_TIMEOUT_S)
        if not self.service.heal(self._tail(dead.program), self._tell):
            return False
        self._births.clear()
        self._client.start(dead.program)
        return True

    def _not_ready(self, process: ProcessState, reason: str) -> ServiceNotReady:
        return ServiceNotReady(
            service=self.service.name,
            reason=reason,
            log=self._layout.log(process.program),
            tail=self._tail(process.program) or "(nothing)",
        )

    def _processes(self) -> list[ProcessState]:
        processes = self._client.processes()
        return [processes[name] for name in self.service.program_names]

    def _tail(self, program: str) -> str:
        return last_lines(self._layout.log(program), since=self._log_ends.get(program, 0))

    def _log_size(self, program: str) -> int:
        try:
            return self._layout.log(program).stat().st_size
        except FileNotFoundError:
            return 0

    def _tell(self, sentence: str) -> None:
        self._progress(self.service.name, sentence)
