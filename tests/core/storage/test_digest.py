import hashlib
from collections.abc import AsyncIterator

from hypothesis import given, settings
from hypothesis import strategies as st

from scribe.storage.digest import BLOCK, Digest, sha256_of


@settings(deadline=None, max_examples=30)
@given(sizes=st.lists(st.integers(0, BLOCK + 10), max_size=5), flushed=st.booleans())
async def test_the_hash_is_that_of_all_chunks_in_their_order(sizes: list[int], flushed: bool) -> None:
    digest, expected = Digest(), hashlib.sha256()
    for number, size in enumerate(sizes):
        chunk = bytes([number]) * size
        expected.update(chunk)
        await digest.feed(chunk)
        if flushed:
            await digest.flush()
    assert digest.size == sum(sizes)
    assert await digest.hexdigest() == expected.hexdigest()


async def test_a_whole_stream_is_hashed() -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"a"
        yield b"b"

    assert await sha256_of(chunks()) == hashlib.sha256(b"ab").hexdigest()
