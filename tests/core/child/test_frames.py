import asyncio
import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from scribe.child import frames

messages = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def through_a_socket(sent: bytes) -> frames.Frame:
    ours, theirs = socket.socketpair()

    def send() -> None:
        theirs.sendall(sent)
        theirs.close()

    with ours, theirs:
        sender = threading.Thread(target=send)
        sender.start()
        try:
            return frames.receive(ours)
        finally:
            sender.join()


@given(messages)
def test_a_message_arrives_as_it_was_sent(message: JsonValue) -> None:
    assert through_a_socket(frames.pack(message)) == message


@given(messages)
async def test_the_event_loop_reads_the_same_messages(message: JsonValue) -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(frames.pack(message) * 2)

    assert await frames.read(reader) == message
    assert await frames.read(reader) == message


def test_a_large_message_arrives_whole() -> None:
    message: JsonValue = {"words": "x" * 3_000_000}

    assert through_a_socket(frames.pack(message)) == message


@pytest.mark.parametrize("cut", [0, 2, 6])
def test_a_message_that_breaks_off_is_the_end_of_the_conversation(cut: int) -> None:
    with pytest.raises(EOFError):
        through_a_socket(frames.pack("hello there")[:cut])


def test_a_frame_that_claims_to_be_huge_is_refused_unread() -> None:
    with pytest.raises(frames.FrameError, match="larger than"):
        through_a_socket(b"\xff\xff\xff\xff")


def test_bytes_that_are_no_message_are_refused() -> None:
    with pytest.raises(frames.FrameError, match="not msgpack"):
        through_a_socket(b"\x00\x00\x00\x01\xc1")


def test_a_message_too_large_to_be_read_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "LARGEST", 10)

    with pytest.raises(frames.FrameError, match="larger than 10"):
        frames.pack("x" * 11)
