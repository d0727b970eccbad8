import asyncio

from scribe.child.tail import Tail


async def tail_of(*parts: bytes) -> str:
    stream = asyncio.StreamReader()
    tail = Tail(stream)
    for part in parts:
        stream.feed_data(part)
    stream.feed_eof()
    await tail.finish()
    return tail.text


async def test_the_last_words_are_kept() -> None:
    assert await tail_of(b"loading\n", b"out of memory\n") == "loading\nout of memory"


async def test_a_chatty_process_costs_no_memory() -> None:
    text = await tail_of(*[b"x" * 50_000] * 20, b"the end")

    assert len(text) == 4096
    assert text.endswith("xthe end")


async def test_a_cut_through_a_character_is_no_error() -> None:
    assert (await tail_of("é".encode() * 3000 + b"!")).endswith("é!")


async def test_a_stream_that_a_stray_process_holds_open_is_let_go() -> None:
    stream = asyncio.StreamReader()
    tail = Tail(stream)
    stream.feed_data(b"last words")

    await tail.finish()

    assert tail.text == "last words"
