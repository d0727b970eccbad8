"""Cut a stream of bytes into the parts of a multipart upload without copying them."""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from io import SEEK_CUR, SEEK_END, SEEK_SET

COALESCED_BELOW = 32 << 10
BLOCK = 256 << 10


class Part:
    """The body of one request: bytes gathered as they came, sent as they lie.

    The client library wants something with ``read``, ``seek`` and a length (it rewinds to send again);
    the HTTP library below takes the asynchronous iterator, so large chunks are never joined.
    """

    def __init__(self, data: bytes = b"") -> None:
        self._chunks: list[memoryview | bytearray] = []
        self._size = 0
        self._position = 0
        if data:
            self.append(memoryview(data))

    def append(self, chunk: memoryview) -> None:
        """Add bytes; small ones are gathered, so that a trickle does not become a million objects."""
        self._size += len(chunk)
        if len(chunk) >= COALESCED_BELOW:
            self._chunks.append(chunk)
            return
        last = self._chunks[-1] if self._chunks else None
        if isinstance(last, bytearray) and len(last) < BLOCK:
            last += chunk
        else:
            self._chunks.append(bytearray(chunk))

    def __len__(self) -> int:
        return self._size

    async def __aiter__(self) -> AsyncIterator[memoryview | bytearray]:
        for chunk in self._chunks:
            yield chunk

    def read(self, size: int = -1) -> bytes:
        """The next bytes in one piece."""
        start = self._position
        self._position = self._size if size < 0 else min(self._size, start + size)
        return b"".join(self._chunks)[start : self._position]

    def peek(self, size: int) -> bytes:
        """The first bytes, wherever ``read`` stands."""
        found = bytearray()
        for chunk in self._chunks:
            found += chunk[: size - len(found)]
            if len(found) >= size:
                break
        return bytes(found)

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Move the position of ``read``."""
        origin = {SEEK_SET: 0, SEEK_CUR: self._position, SEEK_END: self._size}[whence]
        self._position = max(0, origin + offset)
        return self._position

    def tell(self) -> int:
        """The position of ``read``."""
        return self._position


async def split(chunks: AsyncIterable[bytes], size: int) -> AsyncGenerator[Part, None]:
    """Parts of exactly ``size`` bytes; the last may be shorter, and is never empty."""
    part = Part()
    async for chunk in chunks:
        rest = memoryview(chunk)
        while len(part) + len(rest) >= size:
            missing = size - len(part)
            part.append(rest[:missing])
            rest = rest[missing:]
            yield part
            part = Part()
        if rest:
            part.append(rest)
    if part:
        yield part
