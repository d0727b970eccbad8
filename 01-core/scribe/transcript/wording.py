"""Text as every format may show it: free of line breaks and control characters."""

import unicodedata
from collections.abc import Mapping

from scribe.transcript.document import Speaker, Transcript


def tokens_of(text: str) -> list[str]:
    """The text cut at white space of any kind, without control characters."""
    return [token for token in map(_printable, text.split()) if token]


def one_line(text: str) -> str:
    """The text on one line, its tokens separated by single spaces."""
    return " ".join(tokens_of(text))


def names_of(document: Transcript) -> Mapping[str | None, str]:
    """The name to show for each speaker id; nobody has none."""
    return {None: "", **{speaker.id: _name(speaker) for speaker in document.speakers}}


def _name(speaker: Speaker) -> str:
    return one_line(speaker.name or "") or one_line(speaker.label) or one_line(speaker.id)


def _printable(token: str) -> str:
    return "".join(char for char in token if unicodedata.category(char) != "Cc")
