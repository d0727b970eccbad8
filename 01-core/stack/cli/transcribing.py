"""From a file to a finished meeting, watched: what `demo` and `transcribe` share."""

import os
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from stack.cli.errors import MeetingFailed, UnreadableFile
from stack.cli.watch import watch
from stack.client import Client


def check_file(path: Path) -> None:
    """Raise UnreadableFile unless the recording can be opened."""
    if not path.is_file():
        raise UnreadableFile(path=path, reason="there is no such file")
    if not os.access(path, os.R_OK):
        raise UnreadableFile(path=path, reason="it may not be read by this user")


def transcribe_file(client: Client, path: Path, fields: dict[str, str]) -> UUID:
    """Upload a recording and wait until it is transcribed; returns the meeting's id.

    Raises what ``upload`` and ``transcribed`` raise.
    """
    meeting_id = upload(client, path, fields)
    transcribed(client, meeting_id, path.name)
    return meeting_id


def upload(client: Client, path: Path, fields: dict[str, str]) -> UUID:
    """Upload a recording; returns the meeting's id. Raises UnreadableFile, and what the client raises."""
    try:
        return client.upload(path, fields)
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or error) from error


def transcribed(client: Client, meeting_id: UUID, name: str) -> None:
    """Wait until a meeting is transcribed. Raises MeetingFailed, and what the client raises."""
    end = watch(client.follow(meeting_id), name)
    if end.status != "COMPLETED":
        sentence = end.error_message or f"The meeting ended as {end.status}."
        raise MeetingFailed(name=name, sentence=sentence, api_code=end.error_code or end.status)


def form_fields(**fields: str | int | Sequence[str] | None) -> dict[str, str]:
    """The form fields of an upload, every item of a list on a line; those that were not given stay out."""
    return {name: _written(value) for name, value in fields.items() if value is not None and value != []}


def _written(value: str | int | Sequence[str]) -> str:
    return str(value) if isinstance(value, str | int) else "".join(f"{item}\n" for item in value)
