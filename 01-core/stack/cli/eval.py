"""`eval`: how good the product is on recordings whose truth is known, engine against engine."""

import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from scribe.models import ModelStore
from scribe.settings import REPOSITORY
from stack.cli import product
from stack.cli.account import sign_in
from stack.cli.choosing_models import choose
from stack.cli.configuration import load_settings
from stack.cli.servers import AsJson
from stack.cli.terminal import ExitCode, print_json, results, say
from stack.evaluating.circumstances import now
from stack.evaluating.columns import MEASURED, POOLED, aligned, measured_row, pooled_rows
from stack.evaluating.errors import NothingToMeasure, PageUnwritable
from stack.evaluating.manifest import Limits, Manifest
from stack.evaluating.markdown import page
from stack.evaluating.pair import EnginePair
from stack.evaluating.results import Evaluation, pooled
from stack.evaluating.running import measure, tasks


def eval(  # noqa: A001 - the command's name
    manifest: Annotated[
        Path, typer.Argument(metavar="MANIFEST", help="Recordings and their references, as JSON.")
    ],
    *,
    engine: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TRANSCRIBER[:MODEL]+DIARISER[:MODEL]",
            help="Engines to compare instead of those in the manifest; repeatable.",
        ),
    ] = None,
    also: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where the recordings lie that the manifest lists under `also`."),
    ] = None,
    max_wer: Annotated[
        float | None, typer.Option(min=0, help="The highest WER that is good enough, such as 0.1.")
    ] = None,
    max_der: Annotated[float | None, typer.Option(min=0, help="The same for DER.")] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the result as Markdown too.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the meetings that come about, instead of deleting them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Transcribe recordings whose truth is known, with each pair of engines, and compare with the truth.

    Prints word and speaker error rates, speed, model swaps and peak memory, for each recording and pooled.
    The exit code is 1 when a recording fails or misses a limit: that of the manifest, or --max-wer/--max-der.
    """
    listed = Manifest.load(manifest)
    pairs = EnginePair.parse_all(engine) if engine else listed.pairs
    found = tasks(listed, manifest.parent, also)
    if not found.found:
        raise NothingToMeasure(path=manifest)
    if markdown:
        _check_writable(markdown)
    settings = load_settings()
    for folder in listed.models:
        choose(ModelStore(settings.models_folder), str(manifest.parent / folder))
    product.show_administrator(product.start(settings).new_administrator)
    limits = Limits(wer=max_wer, der=max_der)
    circumstances = now(_command(manifest, pairs if engine else (), also, limits, markdown))
    with sign_in(settings) as client:
        measured = tuple(measure(client, found.found, pairs, limits, keep=keep))
    evaluation = Evaluation(
        circumstances=circumstances,
        measured=measured,
        pooled=pooled(measured),
        not_measured=found.missing,
        notes={task.recording.name: task.recording.note for task in found.found if task.recording.note},
    )
    if as_json:
        print_json(evaluation)
    else:
        _print(evaluation)
    if markdown and all(part.failure for part in measured):
        say(f"Nothing was measured: {markdown} is left as it was")
    elif markdown:
        _write(markdown, page(evaluation))
    raise typer.Exit(ExitCode.OK if evaluation.good else ExitCode.FAILED)


def _command(
    manifest: Path, engines: Sequence[EnginePair], also: Path | None, limits: Limits, markdown: Path | None
) -> str:
    """The command that does it again, without the folders of this machine."""
    words = ["./manage.sh", "eval", _portable(manifest)]
    words += [word for engine in engines for word in ("--engine", str(engine))]
    words += ["--also", "FOLDER"] if also else []
    for name, limit in limits.model_dump(exclude_none=True).items():
        words += [f"--max-{name}", f"{limit:g}"]
    words += ["--markdown", _portable(markdown)] if markdown else []
    return shlex.join(words)


def _portable(path: Path) -> str:
    absolute = path.resolve()
    return str(absolute.relative_to(REPOSITORY)) if absolute.is_relative_to(REPOSITORY) else path.name


def _check_writable(path: Path) -> None:
    """Raise PageUnwritable now rather than after hours."""
    if path.is_dir():
        raise PageUnwritable(path=path, reason="it is a folder")
    if not path.parent.is_dir():
        raise PageUnwritable(path=path, reason=f"there is no folder {path.parent}")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise PageUnwritable(path=path, reason="it may not be written by this user")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise PageUnwritable(path=path, reason=error.strerror or error) from error
    say(f"Written to {path}")


def _print(evaluation: Evaluation) -> None:
    for name in dict.fromkeys(part.recording for part in evaluation.measured):
        rows = [measured_row(part) for part in evaluation.measured if part.recording == name]
        results.print(name, style="bold")
        results.print(aligned(MEASURED, rows))
        results.print()
    results.print("All recordings", style="bold")
    results.print(aligned(POOLED, pooled_rows(evaluation.pooled)))
    for part in evaluation.not_measured:
        results.print(f"Not measured: {part.what} ({part.why})")
