"""How long to wait before trying again, and when to give up."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
LONGEST_NAMED_S = 300.0
"""More than this is not waited for, whatever the server says."""


@dataclass
class Patience:
    """Pauses that double, each of a random length up to that, so that many clients do not come back at once.

    tries: how many failures in a row are taken; progress in between counts anew
    """

    tries: int = 12
    wait: Callable[[float], None] = time.sleep
    _failures: int = field(default=0, init=False)

    def progressed(self) -> None:
        """Something arrived."""
        self._failures = 0

    def exhausted(self) -> bool:
        """Count a failure; whether that was one too many."""
        self._failures += 1
        return self._failures > self.tries

    def pause(self, at_least: float = 0.0) -> None:
        """Wait, ``at_least`` so many seconds where the server named them."""
        most = min(FIRST_PAUSE_S * 2 ** (self._failures - 1), LONGEST_PAUSE_S)
        self.wait(max(min(at_least, LONGEST_NAMED_S), random.uniform(most / 2, most)))  # noqa: S311 - no secret
