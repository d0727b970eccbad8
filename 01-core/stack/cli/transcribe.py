"""`transcribe`: recordings in, transcripts out."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scribe.errors import ScribeError
from stack.cli import product
from stack.cli.account import sign_in
from stack.cli.choosing_models import chosen_models
from stack.cli.configuration import load_settings
from stack.cli.engine_options import DiariserName, Models, TranscriberName
from stack.cli.errors import OutputUnclear, OutputUnwritable
from stack.cli.terminal import ExitCode, say
from stack.cli.transcribing import check_file, form_fields, transcribe_file
from stack.client import Client


class Form(StrEnum):
    """The forms a transcript can be written in."""

    TXT = "txt"
    MD = "md"
    JSON = "json"
    SRT = "srt"
    VTT = "vtt"


class Task(StrEnum):
    """What is written down: what was said, or its translation."""

    TRANSCRIBE = "transcribe"
    TRANSLATE = "translate"


def transcribe(  # noqa: PLR0913 - Typer makes an option of every parameter
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
    transcriber: TranscriberName = None,
    diariser: DiariserName = None,
    model: Models = None,
    languages: Annotated[
        str | None,
        typer.Option(metavar="LANGUAGES", help="Those that may be spoken (fr,en): heard passage by passage."),
    ] = None,
    task: Annotated[
        Task | None, typer.Option(help="Translate into English, where the engine can; transcribe without it.")
    ] = None,
    vocabulary: Annotated[
        list[str] | None, typer.Option(metavar="TERM", help="A name or term that is likely; repeatable.")
    ] = None,
    min_speakers: Annotated[int | None, typer.Option(min=1, help="At least so many people speak.")] = None,
    max_speakers: Annotated[int | None, typer.Option(min=1, help="At most so many people speak.")] = None,
) -> None:
    """Transcribe recordings through the API and print the transcripts.

    Starts what does not run. A recording that fails does not stop the others; the exit code is 1 then.
    """
    if output and len(files) > 1 and not output.is_dir():
        raise OutputUnclear(path=output, count=len(files))
    if output:
        check_output(output)
    targets = place(files, output, form)
    jobs = [(path, target) for path, target in zip(files, targets, strict=True) if _works(check_file, path)]
    if not jobs:
        raise typer.Exit(ExitCode.FAILED)
    settings = load_settings()
    fields = form_fields(
        language=language,
        speakers=speakers,
        transcriber=transcriber,
        diariser=diariser,
        languages=languages,
        task=task and task.value,
        vocabulary=vocabulary,
        min_speakers=min_speakers,
        max_speakers=max_speakers,
    ) | chosen_models(settings, model or [])
    product.show_administrator(product.start(settings).new_administrator)
    with sign_in(settings) as client:
        done = sum(
            _works(partial(_transcribe_one, client, fields=fields, form=form, target=target), path)
            for path, target in jobs
        )
    raise typer.Exit(ExitCode.OK if done == len(files) else ExitCode.FAILED)


def check_output(output: Path) -> None:
    """Raise OutputUnwritable unless transcripts can be put there: into that folder, or into that file's."""
    folder = output if output.is_dir() else output.parent
    if not folder.is_dir():
        raise OutputUnwritable(path=output, reason=f"there is no folder {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputUnwritable(path=output, reason=f"the folder {folder} may not be written by this user")


def _works(step: Callable[[Path], None], path: Path) -> bool:
    """Whether the step succeeds for this recording; where it does not, the reason is told."""
    try:
        step(path)
    except ScribeError as error:
        say(f"{path}: {error}")
        return False
    return True


def place(files: Sequence[Path], output: Path | None, form: Form) -> list[Path | None]:
    """Where each transcript goes; None is standard output. Names that would meet keep their old endings."""
    if output is None or not output.is_dir():
        return [output] * len(files)
    stems = Counter(path.stem for path in files)
    names = (path.stem if stems[path.stem] == 1 else path.name for path in files)
    return [output / f"{name}.{form.value}" for name in names]


def _transcribe_one(
    client: Client, path: Path, *, fields: dict[str, str], form: Form, target: Path | None
) -> None:
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
