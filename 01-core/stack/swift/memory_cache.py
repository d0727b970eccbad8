"""A cache in the proxy's own memory, in the place where Swift expects memcached.

There is one proxy process, so nobody else can make its entries stale. Without any cache every small
request would ask the storage servers anew whether the account and the bucket exist.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping

MOST_ENTRIES = 10_000

WsgiApp = Callable[[dict[str, object], Callable[..., object]], Iterable[bytes]]


class MemoryCache:
    """What Swift calls on ``swift.cache``; values pass through JSON, as they would to memcached.

    time: seconds to keep an entry, 0 for ever
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._entries: dict[str, tuple[str, float]] = {}

    def get(self, key: str, raise_on_error: bool = False) -> object:  # noqa: ARG002
        """The value, or None when there is none or its time is over."""
        text, expires = self._entries.get(key, ("null", 0.0))
        if expires and expires <= self._clock():
            self._entries.pop(key, None)
            return None
        value: object = json.loads(text)
        return value

    def set(self, key: str, value: object, time: float = 0, **_: object) -> None:
        """Keep a value."""
        if len(self._entries) >= MOST_ENTRIES and key not in self._entries:
            self._make_room()
        self._entries[key] = (json.dumps(value), self._clock() + time if time else 0.0)

    def delete(self, key: str, server_key: object = None) -> None:  # noqa: ARG002
        """Forget a value."""
        self._entries.pop(key, None)

    def incr(self, key: str, delta: int = 1, time: float = 0) -> int:
        """Add to a counter that begins at 0 and never goes below."""
        held = self.get(key)
        value = max(0, (held if isinstance(held, int) else 0) + delta)
        self.set(key, value, time)
        return value

    def decr(self, key: str, delta: int = 1, time: float = 0) -> int:
        """Take from a counter."""
        return self.incr(key, -delta, time)

    def set_multi(self, mapping: Mapping[str, object], _server: object, time: float = 0, **_: object) -> None:
        """Keep several values."""
        for key, value in mapping.items():
            self.set(key, value, time)

    def get_multi(self, keys: Iterable[str], server_key: object) -> list[object]:  # noqa: ARG002
        """Several values, None for each that is not there."""
        return [self.get(key) for key in keys]

    def _make_room(self) -> None:
        now = self._clock()
        for key in [key for key, (_, expires) in self._entries.items() if expires and expires <= now]:
            del self._entries[key]
        if len(self._entries) >= MOST_ENTRIES:
            self._entries.clear()


def filter_factory(_global_conf: Mapping[str, str], **_local_conf: str) -> Callable[[WsgiApp], WsgiApp]:
    """The WSGI filter, made by paste.deploy from ``paste.filter_factory`` in the proxy's configuration."""
    cache = MemoryCache()

    def with_cache(app: WsgiApp) -> WsgiApp:
        def answer(environment: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
            environment["swift.cache"] = cache
            return app(environment, start_response)

        return answer

    return with_cache
