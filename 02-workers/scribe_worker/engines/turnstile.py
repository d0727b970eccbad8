"""Who may use a model next: those whose model is loaded first, but nobody waits forever."""

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

    Whoever wants a model that is loaded goes first, in order of arrival; when nobody does, the one who has
    waited longest. Where somebody is ``expected`` soon who wants the loaded model, the turnstile stays closed
    for the others for as long as ``linger_s`` allows: a swap and a swap back cost more.

    Someone who has waited longer than ``max_wait_s`` goes before all that, and with them those of the same
    group who wait already: one swap serves them all. So nobody waits longer than ``max_wait_s`` and the work
    of those who were there before.
    """

    def __init__(
        self, max_wait_s: float, clock: Callable[[], float], loaded: Callable[[Group], bool]
    ) -> None:
        self._max_wait_s = max_wait_s
        self._clock = clock
        self._loaded = loaded
        self._waiting: deque[_Waiter] = deque()
        self._overdue: list[_Waiter] = []
        """Those who are served now because one of them had waited too long."""
        self._expected: Counter[Group] = Counter()
        self._inside = False
        self._left_at = 0.0
        self._reopening: asyncio.TimerHandle | None = None
        self.linger_s = 0.0
        """How long it may stay closed; what loading the model again would cost."""

    @property
    def idle(self) -> bool:
        """Nobody is inside, nobody waits, and nobody is expected for what is loaded."""
        return not self._inside and not self._waiting and not self._somebody_is_expected()

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
        chosen.admitted.set_result(None)

    def _next(self) -> _Waiter | None:
        now, oldest = self._clock(), self._waiting[0]
        self._overdue = [waiter for waiter in self._overdue if waiter in self._waiting]
        overdue_in = oldest.since + self._max_wait_s - now
        if not self._overdue and overdue_in < 0:
            self._overdue = [waiter for waiter in self._waiting if waiter.group == oldest.group]
        if self._overdue:
            return self._overdue[0]
        for waiter in self._waiting:
            if self._loaded(waiter.group):
                return waiter
        closed_for = min(self._left_at + self.linger_s - now, overdue_in)
        if closed_for > 0 and self._somebody_is_expected():
            self._reopening = asyncio.get_running_loop().call_later(closed_for, self._admit)
            return None
        return oldest

    def _somebody_is_expected(self) -> bool:
        return any(count and self._loaded(group) for group, count in self._expected.items())
