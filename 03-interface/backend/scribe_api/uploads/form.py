"""The parts of a form, and how much of each is taken from a stranger."""

from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass(frozen=True)
class FormLimits:
    """The most of everything; all sizes in bytes."""

    file_bytes: int
    field_bytes: int = 64 << 10
    parts: int = 64
    header_bytes: int = 8 << 10
    headers: int = 8


@dataclass(frozen=True)
class FormField:
    """A field with its text."""

    name: str
    value: str


@dataclass(frozen=True)
class FormFile:
    """A file on its way: ``chunks`` must be read before the next part of the form is asked for.

    ``filename`` and ``content_type`` are what the client claims, ``filename`` without any promise about
    its characters. Reading ``chunks`` raises UploadTooLarge, UploadIncomplete and MalformedForm.
    """

    name: str
    filename: str
    content_type: str
    chunks: AsyncIterator[bytes]


FormPart = FormField | FormFile
