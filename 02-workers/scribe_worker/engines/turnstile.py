"""Who may use the one resident model next: those who want the same one first, but nobody waits forever."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from scribe_worker.engines.base import Kind


@dataclass(frozen=True)
class Group:
    """All who want the same model."""

    kind: Kind
    name: str


@dataclass(frozen=True, eq=False)
class _Waiter:
    group: Group
    since: float
    admitted: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Turnstile:
    """Lets one in at a time.

    Whoever wants the group that was let in last goes first, in order of arrival, until someone of another
    group has waited longer than ``max_wait_s``; then, and when no one of the last group waits, the one
    who has waited longest goes first.
    """

    def __init__(self, max_wait_s: float, clock: Callable[[], float]) -> None:
        self._max_wait_s = max_wait_s
        self._clock = clock
        self._waiting: deque[_Waiter] = deque()
        self._inside = False
        self._last: Group | None = None

    @property
    def idle(self) -> bool:
        """Nobody is inside and nobody waits."""
        return not self._inside and not self._waiting

    async def enter(self, group: Group) -> None:
        """Wait for the turn; whoever returns from here must ``leave``."""
        waiter = _Waiter(group, self._clock())
        self._waiting.append(waiter)
        self._admit()
        try:
            await waiter.admitted
        except asyncio.CancelledError:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
            else:
                self.leave()
            raise

    def leave(self) -> None:
        """Let the next one in."""
        self._inside = False
        self._admit()

    def _admit(self) -> None:
        if self._inside or not self._waiting:
            return
        chosen = self._next()
        self._waiting.remove(chosen)
        self._inside = True
        self._last = chosen.group
        chosen.admitted.set_result(None)

    def _next(self) -> _Waiter:
        oldest = self._waiting[0]
        if self._clock() - oldest.since > self._max_wait_s:
            return oldest
        return next((waiter for waiter in self._waiting if waiter.group == self._last), oldest)
