"""A model hub that speaks the real one's protocol over real sockets: redirects, ranges, gates."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RANGE = re.compile(r"bytes=(\d+)-")


@dataclass
class FakeHub:
    """What it serves and how badly; ``asked`` is what came in: path, Range and Authorization of each request.

    cut_after: bytes after which an answer breaks off, once for each entry
    instead: status, headers and body of answers that are given first, in place of the right ones
    """

    files: dict[str, bytes] = field(default_factory=dict)
    token: str | None = None
    ranges: bool = True
    cut_after: list[int] = field(default_factory=list)
    busy: int = 0
    instead: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    address: str = ""
    store_address: str = ""

    @property
    def ranges_asked_of_store(self) -> list[str | None]:
        return [begin for path, begin, _ in self.asked if path.startswith("/blob/")]

    @property
    def tokens_shown_to_store(self) -> list[str | None]:
        return [token for path, _, token in self.asked if path.startswith("/blob/")]

    @contextmanager
    def serving(self) -> Iterator["FakeHub"]:
        """Run the hub and, at another address, the store it redirects to."""
        with _server(self, self._front) as self.address, _server(self, self._store) as self.store_address:
            yield self

    def _front(self, request: BaseHTTPRequestHandler) -> None:
        if self.instead:
            status, told, body = self.instead.pop(0)
            request.send_response(status)
            for name, value in told.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(body)
        elif self.token and request.headers.get("Authorization") != f"Bearer {self.token}":
            _answer(request, 401, {"X-Error-Code": "GatedRepo"})
        elif self.busy:
            self.busy -= 1
            _answer(request, 503, {})
        elif request.path not in self.files:
            _answer(request, 404, {"X-Error-Code": "EntryNotFound"})
        else:
            _answer(request, 302, {"Location": f"{self.store_address}/blob{request.path}"})

    def _store(self, request: BaseHTTPRequestHandler) -> None:
        body = self.files[request.path.removeprefix("/blob")]
        wanted = RANGE.match(request.headers.get("Range", ""))
        begin = int(wanted[1]) if wanted and self.ranges else 0
        if begin >= len(body):
            _answer(request, 416, {"Content-Range": f"bytes */{len(body)}"})
            return
        headers = {"Content-Length": str(len(body) - begin)}
        status = 200
        if wanted and self.ranges:
            status = 206
            headers["Content-Range"] = f"bytes {begin}-{len(body) - 1}/{len(body)}"
        _answer(request, status, headers)
        rest = body[begin:]
        with suppress(ConnectionError):  # who asks may hang up
            request.wfile.write(rest[: self.cut_after.pop(0)] if self.cut_after else rest)

    def note(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append((request.path, request.headers.get("Range"), request.headers.get("Authorization")))


def _answer(request: BaseHTTPRequestHandler, status: int, headers: dict[str, str]) -> None:
    request.send_response(status)
    for name, value in {"Content-Length": "0", **headers}.items():
        request.send_header(name, value)
    request.end_headers()


@contextmanager
def _server(hub: FakeHub, answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hub.note(self)
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
