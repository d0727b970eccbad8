"""A stream cut into parts loses nothing, and every part is of the size that S3 wants."""

from collections.abc import AsyncIterator
from io import SEEK_END

from hypothesis import given
from hypothesis import strategies as st

from scribe.storage.parts import Part, split


async def stream(chunks: list[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def sent(part: Part) -> bytes:
    return b"".join([bytes(chunk) async for chunk in part])


@given(
    chunks=st.lists(st.binary(max_size=90_000), max_size=8),
    size=st.integers(min_value=1000, max_value=100_000),
)
async def test_the_parts_of_a_stream_are_the_stream(chunks: list[bytes], size: int) -> None:
    parts = [part async for part in split(stream(chunks), size)]

    assert b"".join([await sent(part) for part in parts]) == b"".join(chunks)
    assert all(len(part) == size for part in parts[:-1])
    assert all(0 < len(part) <= size for part in parts)


async def test_a_part_can_be_sent_again() -> None:
    part = Part(b"once more")

    assert await sent(part) == await sent(part) == b"once more"


def test_a_part_reads_like_a_file() -> None:
    part = Part(b"0123456789")

    assert part.read(4) == b"0123"
    assert part.tell() == 4
    assert part.read() == b"456789"
    assert part.read() == b""
    assert part.seek(0) == 0
    assert part.read() == b"0123456789"
    assert part.seek(-2, SEEK_END) == 8


async def test_a_trickle_of_bytes_is_gathered_into_few_pieces() -> None:
    (part,) = [part async for part in split(stream([b"x" * 100] * 20_000), 1 << 22)]

    assert len(part) == 2_000_000
    assert len([chunk async for chunk in part]) < 20
