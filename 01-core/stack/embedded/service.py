"""What the stack asks of every service: prepare yourself, describe your processes, answer."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar

from stack.embedded.config import StackConfig
from stack.embedded.layout import Layout
from stack.embedded.program import Program
from stack.embedded.services import ServiceName

Tell = Callable[[str], None]
"""Called with a sentence about a longer step."""


class NotAnswering(Exception):
    """A service does not answer (yet); the text says how that showed."""


class Service(ABC):
    """One service of the stack."""

    name: ClassVar[ServiceName]
    program_names: ClassVar[tuple[str, ...]]
    """Its processes in starting order, the one that clients talk to last."""
    start_timeout_s: ClassVar[float] = 60.0

    def __init__(self, config: StackConfig, layout: Layout) -> None:
        self._config = config
        self._layout = layout

    @abstractmethod
    def programs(self) -> tuple[Program, ...]:
        """Its processes, as ``program_names``; writes their configuration."""

    @abstractmethod
    def ports(self) -> tuple[int, ...]:
        """The loopback ports that must be free before it starts."""

    def prepare(self, tell: Tell) -> None:  # noqa: B027  (most services have nothing to prepare)
        """Make its data ready while no process of it runs; heals what an interruption left."""

    @abstractmethod
    def check(self, pid: int | None) -> None:
        """Raise NotAnswering unless it answers a real request within a few seconds.

        pid: of its last process, the one that clients talk to
        """

    def complete(self, tell: Tell) -> None:  # noqa: B027  (most services have nothing to add)
        """What is left to do once it answers; harmless to repeat, for a start may have been cut off."""

    def heal(self, log_tail: str, tell: Tell) -> bool:
        """Repair what kept it from starting, as its log says; False when that is beyond repair."""
        del log_tail, tell
        return False
