"""Kinds of text that a client may send: never what PostgreSQL or a terminal would choke on."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\s*[+-]?[0-9.]+(e[+-]?[0-9]+)?\s*", re.IGNORECASE)
_NEVER = {"Cc", "Cs", "Cn", "Co"}


class Schema(BaseModel):
    """A request body: a field that nobody knows is an error, not a typo that goes unnoticed."""

    model_config = ConfigDict(extra="forbid")


def one_line(text: str) -> str:
    """The text with white space folded and control characters and lone surrogates dropped."""
    folded = _SPACE.sub(" ", text)
    return "".join(char for char in folded if unicodedata.category(char) not in _NEVER).strip()


def _lower(text: str) -> str:
    return text.lower()


Line = Annotated[str, AfterValidator(one_line)]
"""One line of text for people."""


def _text(text: str) -> str:
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in _NEVER)


Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_text)]
"""Text of many lines for people."""


def _distinct(tags: list[str]) -> list[str]:
    return list(dict.fromkeys(tags))


Tag = Annotated[
    str, AfterValidator(one_line), StringConstraints(min_length=1, max_length=50, pattern=r"^[^,]*$")
]
Tags = Annotated[
    list[Tag], Field(max_length=30), AfterValidator(_distinct), Field(examples=[["budget", "Q3"]])
]
"""What people sort meetings by; a tag has no comma."""

Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+$"),
    AfterValidator(_lower),
    Field(examples=["ada@example.org"]),
]
"""An e-mail address as far as anybody can check it without writing to it; lower case."""

Password = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
"""A password that somebody claims to have."""

NewPassword = Annotated[
    str, StringConstraints(min_length=10, max_length=1024), Field(examples=["correct horse battery staple"])
]
"""A password to be: ten characters or more, nothing else is asked of it."""


def _not_a_number(moment: object) -> object:
    if isinstance(moment, int | float) or (isinstance(moment, str) and _NUMBER.fullmatch(moment)):
        raise ValueError("is a number; write a time as 2026-01-31T09:00:00Z")
    return moment


IsoTime = BeforeValidator(_not_a_number)
"""For moments: as the document says, and not as seconds since 1970, which pydantic would take as well."""
