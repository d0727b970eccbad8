"""The HTTP server's own limits: on the size of a request's head, and on how long it may take to come.

uvicorn limits neither: a head that never ends fills the memory, and one that drips holds a connection.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 64 * 1024
MOST_HEADERS = 100
HEAD_WITHIN_S = 20.0
_REFUSAL = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
)


class BoundedHttp(HttpToolsProtocol):
    """One connection. Between two requests it may be silent as long as uvicorn's keep-alive says."""

    head_within_s = HEAD_WITHIN_S

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Expect a request's head: a connection is not opened to be silent."""
        super().connection_made(transport)
        self._head_bytes = 0
        self._in_head = True
        self._clock: asyncio.TimerHandle | None = None
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the clock with the connection."""
        self._stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came; a head that grows too large is refused before it is complete."""
        super().data_received(data)
        if not self._in_head:
            return
        self._head_bytes += len(data)
        if self._head_bytes > LARGEST_HEAD and not self.transport.is_closing():
            self._refuse()

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        if not self._in_head:
            self._in_head, self._head_bytes = True, 0
        self._start_clock()

    def on_header(self, name: bytes, value: bytes) -> None:
        """One more header, if there are not too many yet; the parser's caller answers to the error."""
        super().on_header(name, value)
        if len(self.headers) > MOST_HEADERS:
            raise ValueError("too many headers")

    def on_headers_complete(self) -> None:
        """The head is there; the body's pace is looked at elsewhere (``patience``)."""
        self._in_head = False
        self._stop_clock()
        super().on_headers_complete()

    def _start_clock(self) -> None:
        if self._clock is None:
            self._clock = self.loop.call_later(self.head_within_s, self._run_out)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _run_out(self) -> None:
        self._clock = None
        self.transport.close()

    def _refuse(self) -> None:
        self.transport.write(_REFUSAL)
        self.transport.close()
