"""Who may use the one resident model next: those who want the same one first, but nobody waits forever."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from scribe_worker.engines.choice import Group


@dataclass(frozen=True, eq=False)
class _Waiter:
    group: Group
    since: float
    admitted: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Turnstile:
    """Lets one in at a time.

    Whoever wants the group that was let in last goes first, in order of arrival, until someone of another
    group has waited longer than ``max_wait_s``; then, and when no one of the last group waits, the one
    who has waited longest goes first. Where someone of the last group is ``expected`` soon, the turnstile
    stays closed for the others for as long as ``linger_s`` allows: a swap and a swap back cost more.
    """

    def __init__(self, max_wait_s: float, clock: Callable[[], float]) -> None:
        self._max_wait_s = max_wait_s
        self._clock = clock
        self._waiting: deque[_Waiter] = deque()
        self._expected: Counter[Group] = Counter()
        self._inside = False
        self._last: Group | None = None
        self._left_at = 0.0
        self._reopening: asyncio.TimerHandle | None = None
        self.linger_s = 0.0
        """How long it may stay closed; what loading the last group's model again would cost."""

    @property
    def idle(self) -> bool:
        """Nobody is inside and nobody waits."""
        return not self._inside and not self._waiting

    @contextmanager
    def expected(self, group: Group) -> Iterator[None]:
        """Somebody is on the way who will want the group."""
        self._expected[group] += 1
        try:
            yield
        finally:
            self._expected[group] -= 1
            self._admit()

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
        self._left_at = self._clock()
        self._admit()

    def _admit(self) -> None:
        if self._reopening is not None:
            self._reopening.cancel()
            self._reopening = None
        if self._inside or not self._waiting:
            return
        chosen = self._next()
        if chosen is None:
            return
        self._waiting.remove(chosen)
        self._inside = True
        self._last = chosen.group
        chosen.admitted.set_result(None)

    def _next(self) -> _Waiter | None:
        now, oldest = self._clock(), self._waiting[0]
        overdue_in = oldest.since + self._max_wait_s - now
        if overdue_in < 0:
            return oldest
        for waiter in self._waiting:
            if waiter.group == self._last:
                return waiter
        closed_for = min(self._left_at + self.linger_s - now, overdue_in)
        if self._last is not None and self._expected[self._last] and closed_for > 0:
            self._reopening = asyncio.get_running_loop().call_later(closed_for, self._admit)
            return None
        return oldest
