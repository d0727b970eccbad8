"""`transcribe`: recordings in, transcripts out."""

import sys
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scribe.errors import ScribeError
from stack.cli import product
from stack.cli.account import sign_in
from stack.cli.errors import OutputUnclear, OutputUnwritable, UnreadableFile
from stack.cli.terminal import ExitCode, say
from stack.cli.transcribing import form_fields, transcribe_file
from stack.client import Client


class Form(StrEnum):
    """The forms a transcript can be written in."""

    TXT = "txt"
    MD = "md"
    JSON = "json"
    SRT = "srt"
    VTT = "vtt"


def transcribe(
    files: Annotated[list[Path], typer.Argument(help="Audio or video recordings.", metavar="FILE…")],
    *,
    language: Annotated[
        str | None, typer.Option(help="The language spoken (en, fr …); heard from the recording without it.")
    ] = None,
    speakers: Annotated[int | None, typer.Option(min=1, help="How many people speak, if known.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How to write the transcript.")] = Form.TXT,
    output: Annotated[
        Path | None, typer.Option(help="A file, or a folder for one file each; standard output without it.")
    ] = None,
    transcriber: Annotated[str | None, typer.Option(help="The engine that writes down the words.")] = None,
    diariser: Annotated[str | None, typer.Option(help="The engine that tells the voices apart.")] = None,
) -> None:
    """Transcribe recordings through the API and print the transcripts.

    Starts what does not run. A recording that fails does not stop the others; the exit code is 1 then.
    """
    if output and len(files) > 1 and not output.is_dir():
        raise OutputUnclear(path=output, count=len(files))
    settings = product.load_settings()
    targets = place(files, output, form)
    fields = form_fields(language=language, speakers=speakers, transcriber=transcriber, diariser=diariser)
    product.show_administrator(product.start(settings).new_administrator)
    failed = 0
    with sign_in(settings) as client:
        for path, target in zip(files, targets, strict=True):
            try:
                _transcribe_one(client, path, fields, form, target)
            except ScribeError as error:
                failed += 1
                say(f"{path}: {error}")
    raise typer.Exit(ExitCode.FAILED if failed else ExitCode.OK)


def place(files: Sequence[Path], output: Path | None, form: Form) -> list[Path | None]:
    """Where each transcript goes; None is standard output. Names that would meet keep their old endings."""
    if output is None or not output.is_dir():
        return [output] * len(files)
    stems = Counter(path.stem for path in files)
    names = (path.stem if stems[path.stem] == 1 else path.name for path in files)
    return [output / f"{name}.{form.value}" for name in names]


def _transcribe_one(
    client: Client, path: Path, fields: dict[str, str], form: Form, target: Path | None
) -> None:
    if not path.is_file():
        raise UnreadableFile(path=path, reason="there is no such file")
    meeting_id = transcribe_file(client, path, fields)
    text = client.rendered(meeting_id, form.value)
    if target is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
        return
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputUnwritable(path=target, reason=error.strerror or error) from error
    say(f"{path} → {target}")
