"""Messages over a socket: a length, then that many bytes of msgpack, so that nothing can be misread."""

import socket
import struct
from typing import TYPE_CHECKING, TypeAlias, cast

import msgpack  # type: ignore[import-untyped]

if TYPE_CHECKING:  # a child that parses one file starts in half the time without these
    import asyncio

    from pydantic import JsonValue

Frame: TypeAlias = "JsonValue | bytes"
"""What one frame may hold."""

_LENGTH = struct.Struct(">I")
LARGEST = 128 * 1024 * 1024
"""Bytes in one frame; twelve hours of words are about 10 MiB."""


class FrameError(ValueError):
    """What arrived is not a frame, or one that is too large."""


def pack(message: Frame) -> bytes:
    """The bytes of one frame; FrameError when it would be larger than LARGEST."""
    body = cast("bytes", msgpack.packb(message))
    if len(body) > LARGEST:
        raise FrameError(f"a message of {len(body)} bytes is larger than {LARGEST}")
    return _LENGTH.pack(len(body)) + body


async def read(reader: "asyncio.StreamReader") -> Frame:
    """The next message. IncompleteReadError when the other side is gone."""
    body = await reader.readexactly(_length(await reader.readexactly(_LENGTH.size)))
    return _unpack(body)


def send(channel: socket.socket, message: Frame) -> None:
    """Send one frame; ConnectionError when the other side is gone."""
    channel.sendall(pack(message))


def receive(channel: socket.socket) -> Frame:
    """The next message, waiting for it. EOFError when the other side is gone."""
    return _unpack(_exactly(channel, _length(_exactly(channel, _LENGTH.size))))


def _length(header: bytes) -> int:
    length = int(_LENGTH.unpack(header)[0])
    if length > LARGEST:
        raise FrameError(f"a frame of {length} bytes is larger than {LARGEST}")
    return length


def _unpack(body: bytes) -> Frame:
    try:
        return cast("Frame", msgpack.unpackb(body))
    except (ValueError, msgpack.UnpackException) as error:
        raise FrameError(f"a frame of {len(body)} bytes is not msgpack") from error


def _exactly(channel: socket.socket, count: int) -> bytes:
    received = bytearray()
    while len(received) < count:
        part = channel.recv(min(count - len(received), 1 << 20))
        if not part:
            raise EOFError
        received += part
    return bytes(received)
