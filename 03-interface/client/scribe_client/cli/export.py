"""`export`: a transcript as a file."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scribe_client.cli.meetings import MeetingId
from scribe_client.cli.signed_in import signed_in
from scribe_client.cli.terminal import say


class Form(StrEnum):
    """The forms a transcript can be written in."""

    TXT = "txt"
    MD = "md"
    JSON = "json"
    SRT = "srt"
    VTT = "vtt"


def export(
    meeting: MeetingId,
    form: Annotated[Form, typer.Option("--format", "-f", help="How to write it.")] = Form.TXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; standard output without it.")
    ] = None,
) -> None:
    """Write a meeting's transcript."""
    with signed_in() as client:
        text = client.export(meeting, form.value)
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
        return
    output.write_text(text, encoding="utf-8")
    say(f"{output}")
