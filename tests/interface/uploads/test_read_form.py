"""Any form, cut anywhere, is read as it was sent; what is no form is refused with a code."""

import itertools
from collections.abc import AsyncIterator, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe_api.uploads import (
    FieldTooLarge,
    FormFile,
    FormLimits,
    MalformedForm,
    UploadIncomplete,
    UploadTooLarge,
    read_form,
)

BOUNDARY = "----scribeBoundary7MA4YWxk"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"
LIMITS = FormLimits(file_bytes=1 << 20)
Read = tuple[str, str | None, bytes]

NEEDLE = b"\r\n--" + BOUNDARY.encode()
# Pieces of which the closing of a part is made; whole boundaries cannot stand in a file, all else may.
LOOK_ALIKES = st.sampled_from(
    [
        NEEDLE[:-1],
        NEEDLE[:5],
        b"\r",
        b"\n",
        b"\r\n",
        b"--",
        b"\r\r\n--",
        BOUNDARY.encode(),
        NEEDLE[:-1] + b"x",
    ]
)
CONTENTS = (
    st.lists(st.one_of(st.binary(max_size=40), LOOK_ALIKES), max_size=12)
    .map(b"".join)
    .filter(lambda content: NEEDLE not in b"\r\n" + content + b"\r\n")
)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters='\\%"\r\n\0'), min_size=1, max_size=20)
PARTS = st.lists(st.tuples(NAMES, st.none() | NAMES, CONTENTS), max_size=6)


def quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def encode(parts: list[Read]) -> bytes:
    lines = []
    for name, filename, content in parts:
        disposition = f'form-data; name="{quoted(name)}"'
        if filename is not None:
            disposition += f'; filename="{quoted(filename)}"\r\nContent-Type: audio/wav'
        head = f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n\r\n"
        lines.append(head.encode() + content + b"\r\n")
    return b"".join(lines) + f"--{BOUNDARY}--\r\n".encode()


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def cut_at(body: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(body) + 1) for cut in cuts), len(body)]
    return [body[start:end] for start, end in itertools.pairwise(edges)]


async def read(*chunks: bytes, limits: FormLimits = LIMITS, content_type: str = CONTENT_TYPE) -> list[Read]:
    parts: list[Read] = []
    async for part in read_form(stream(*chunks), content_type, limits):
        if isinstance(part, FormFile):
            parts.append((part.name, part.filename, b"".join([chunk async for chunk in part.chunks])))
        else:
            parts.append((part.name, None, part.value.encode()))
    return parts


def is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(
    parts=PARTS.filter(lambda parts: all(file is not None or is_text(content) for _, file, content in parts)),
    cuts=st.lists(st.integers(min_value=0, max_value=10_000), max_size=30),
)
async def test_any_form_cut_anywhere_is_read_as_it_was_sent(parts: list[Read], cuts: list[int]) -> None:
    assert await read(*cut_at(encode(parts), cuts)) == parts


async def test_a_form_that_arrives_byte_by_byte_is_read_as_it_was_sent() -> None:
    parts: list[Read] = [("title", None, "Réunion 🎙".encode()), ("file", "a.wav", NEEDLE[:-1] * 3)]

    body = encode(parts)

    assert await read(*(body[i : i + 1] for i in range(len(body)))) == parts


@pytest.mark.parametrize(
    ("sent", "filename"),
    [
        ('filename="plain.wav"', "plain.wav"),
        ('filename="été 🎙.wav"', "été 🎙.wav"),
        ('filename="a;b=c.wav"', "a;b=c.wav"),
        ('filename="../../etc/passwd"', "../../etc/passwd"),
        ('filename="say %22hi%22.wav"', 'say "hi".wav'),
        ('filename="say \\"hi\\".wav"', 'say "hi".wav'),
        ('filename="100%.wav"', "100%.wav"),
        ('filename="a%0d%0aSet-Cookie: x"', "a\r\nSet-Cookie: x"),
        ("filename*=UTF-8''%c3%a9t%c3%a9%20a.wav", "été a.wav"),
        ("filename*=iso-8859-1'fr'%e9.wav", "é.wav"),
        ("filename=\"plain.wav\"; filename*=UTF-8''other.wav", "plain.wav"),
        ('filename=""', ""),
    ],
)
async def test_a_file_name_is_understood_in_every_spelling(sent: str, filename: str) -> None:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; {sent}\r\n\r\n'

    parts = await read(head.encode() + f"x\r\n--{BOUNDARY}--".encode())

    assert parts == [("file", filename, b"x")]


async def test_a_file_can_be_left_and_taken_up_again() -> None:
    body = encode([("file", "a.wav", b"0123456789"), ("title", None, b"after")])
    form = read_form(stream(*cut_at(body, list(range(0, len(body), 3)))), CONTENT_TYPE, LIMITS)
    file = await anext(form)
    assert isinstance(file, FormFile)

    head = await anext(file.chunks)
    rest = b"".join([chunk async for chunk in file.chunks])

    assert head
    assert head + rest == b"0123456789"


async def test_a_file_that_nobody_reads_is_skipped() -> None:
    body = encode([("file", "a.wav", b"x" * 5000), ("title", None, b"after")])

    names = [part.name async for part in read_form(stream(body), CONTENT_TYPE, LIMITS)]

    assert names == ["file", "title"]


async def test_nothing_is_read_ahead_of_what_is_asked_for() -> None:
    body = encode([("file", "a.wav", b"x" * 1000)])
    asked = 0

    async def counted() -> AsyncIterator[bytes]:
        nonlocal asked
        for chunk in cut_at(body, list(range(0, len(body), 100))):
            asked += 1
            yield chunk

    form = read_form(counted(), CONTENT_TYPE, LIMITS)
    file = await anext(form)
    assert isinstance(file, FormFile)
    before = asked
    await anext(file.chunks)

    assert asked - before <= 1


@given(st.integers(min_value=0, max_value=10_000))
async def test_a_body_that_ends_early_is_incomplete(cut: int) -> None:
    body = encode([("title", None, b"x"), ("file", "a.wav", b"y" * 50)])
    closing = len(b"--\r\n")

    with pytest.raises(UploadIncomplete):
        await read(body[: cut % (len(body) - closing + 1)])


WIDE = b"x" * 100
MANY: list[Read] = [(f"f{number}", None, b"") for number in range(5)]


@pytest.mark.parametrize(
    ("body", "limits", "error"),
    [
        (encode([("file", "a.wav", WIDE)]), FormLimits(file_bytes=99), UploadTooLarge),
        (encode([("title", None, WIDE)]), FormLimits(file_bytes=9, field_bytes=99), FieldTooLarge),
        (encode(MANY), FormLimits(file_bytes=9, parts=4), MalformedForm),
        (encode([("n" * 500, None, b"")]), FormLimits(file_bytes=9, header_bytes=400), MalformedForm),
        (encode([("file", "a.wav", b"")]), FormLimits(file_bytes=9, headers=1), MalformedForm),
        (encode([("title", None, b"\xff\xfe")]), LIMITS, MalformedForm),
        (b"no form at all", LIMITS, MalformedForm),
        (encode([]).replace(b"--\r\n", b"\r\nX: y\r\n\r\nz\r\n") + encode([]), LIMITS, MalformedForm),
        (encode([]) + b"x" * 100_000, LIMITS, MalformedForm),
    ],
    ids=["file", "field", "parts", "header", "headers", "text", "no form", "no disposition", "epilogue"],
)
async def test_what_goes_beyond_a_limit_is_refused(
    body: bytes, limits: FormLimits, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await read(*cut_at(body, list(range(0, len(body), 50))), limits=limits)


async def test_a_file_of_exactly_the_limit_is_taken() -> None:
    assert await read(encode([("file", "a.wav", WIDE)]), limits=FormLimits(file_bytes=100))


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=x",
        f"multipart/form-data; boundary={'x' * 300}",
    ],
)
async def test_another_content_type_is_refused(content_type: str) -> None:
    with pytest.raises(MalformedForm):
        await read(encode([]), content_type=content_type)


async def test_an_error_of_the_body_passes_through() -> None:
    async def cut() -> AsyncIterator[bytes]:
        yield encode([("file", "a.wav", WIDE)])[:150]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await drain(lambda: read_form(cut(), CONTENT_TYPE, LIMITS))


async def drain(form: Callable[[], AsyncIterator[object]]) -> None:
    async for _ in form():
        pass
