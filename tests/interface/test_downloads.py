"""Ranges and file names of downloads."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe_api.downloads import ByteRange, content_disposition, parse_range
from scribe_api.errors import RangeNotSatisfiable


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-9", ByteRange(0, 10)),
        ("bytes=90-", ByteRange(90, 100)),
        ("bytes=90-1000", ByteRange(90, 100)),
        ("bytes=-10", ByteRange(90, 100)),
        ("bytes=-1000", ByteRange(0, 100)),
        (None, None),
        ("", None),
        ("bytes=-", None),
        ("bytes=9-0", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
    ],
)
def test_a_range_is_read_as_rfc_9110_says(header: str | None, expected: ByteRange | None) -> None:
    assert parse_range(header, 100) == expected


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=" + "9" * 4000 + "-"])
def test_a_range_outside_the_object_is_refused_with_its_size(header: str) -> None:
    with pytest.raises(RangeNotSatisfiable) as refused:
        parse_range(header, 100)
    assert refused.value.headers == {"Content-Range": "bytes */100"}


def test_an_empty_object_has_no_range() -> None:
    with pytest.raises(RangeNotSatisfiable):
        parse_range("bytes=0-", 0)


@given(st.text(max_size=40), st.integers(0, 10**12))
def test_any_range_header_gives_bytes_of_the_object_or_is_refused(header: str, size: int) -> None:
    try:
        found = parse_range(f"bytes={header}", size)
    except RangeNotSatisfiable:
        return
    assert found is None or 0 <= found.start < found.end <= size


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.booleans())
def test_no_file_name_breaks_the_header_and_every_one_is_carried(name: str, attachment: bool) -> None:
    header = content_disposition(name, attachment=attachment)
    leaf = name.replace("\\", "/").rsplit("/", 1)[-1] or "download"
    match = re.fullmatch(
        r"(inline|attachment); filename=\"([^\"\r\n]*)\"(?:; filename\*=UTF-8''(\S+))?", header
    )
    assert match
    assert header.isascii()
    assert (unquote(match.group(3)) if match.group(3) else match.group(2)) == leaf
