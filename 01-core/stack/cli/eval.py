"""`eval`: how good the product is on recordings whose truth is known, engine against engine."""

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
from stack.cli.errors import OutputUnwritable
from stack.cli.servers import AsJson
from stack.cli.terminal import ExitCode, print_json, results, say
from stack.evaluating.circumstances import now
from stack.evaluating.columns import MEASURED, POOLED, aligned, measured_row, pooled_rows
from stack.evaluating.manifest import Limits, Manifest
from stack.evaluating.markdown import page
from stack.evaluating.pair import EnginePair
from stack.evaluating.results import Evaluation, Pooled
from stack.evaluating.running import measure, tasks

DEFAULT_PAIR = "auto+auto"


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
    as_json: AsJson = False,
) -> None:
    """Transcribe recordings whose truth is known, with each pair of engines, and compare with the truth.

    Prints word and speaker error rates, speed, model swaps and peak memory, for each recording and pooled.
    The exit code is 1 when a recording fails or misses a limit: that of the manifest, or --max-wer/--max-der.
    """
    listed = Manifest.load(manifest)
    pairs = [EnginePair.parse(text) for text in engine or listed.engines or (DEFAULT_PAIR,)]
    found = tasks(listed, manifest.parent, also)
    settings = load_settings()
    for folder in listed.models:
        choose(ModelStore(settings.models_folder), str(manifest.parent / folder))
    product.show_administrator(product.start(settings).new_administrator)
    circumstances = now(_command(manifest, engine or (), also, markdown))
    with sign_in(settings) as client:
        measured = tuple(measure(client, found.found, pairs, Limits(wer=max_wer, der=max_der)))
    evaluation = Evaluation(
        circumstances=circumstances,
        measured=measured,
        pooled=tuple(Pooled.of(str(pair), measured) for pair in pairs),
        not_measured=found.missing,
        notes={task.recording.name: task.recording.note for task in found.found if task.recording.note},
    )
    if markdown:
        _write(markdown, page(evaluation))
    if as_json:
        print_json(evaluation)
    else:
        _print(evaluation)
    raise typer.Exit(ExitCode.OK if evaluation.good else ExitCode.FAILED)


def _command(manifest: Path, engines: Sequence[str], also: Path | None, markdown: Path | None) -> str:
    """The command that does it again, without the folders of this machine."""
    words = ["./manage.sh", "eval", _portable(manifest)]
    words += [word for engine in engines for word in ("--engine", engine)]
    words += ["--also", "FOLDER"] if also else []
    words += ["--markdown", _portable(markdown)] if markdown else []
    return shlex.join(words)


def _portable(path: Path) -> str:
    absolute = path.resolve()
    return str(absolute.relative_to(REPOSITORY)) if absolute.is_relative_to(REPOSITORY) else path.name


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputUnwritable(path=path, reason=error.strerror or error) from error
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
