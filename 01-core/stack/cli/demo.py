"""`demo`: a meeting, transcribed before your eyes and compared with what was really said."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from scribe.evaluation.reference import Reference, text_of, turns_of
from scribe.settings import REPOSITORY
from scribe.transcript.document import Engines, Notice, Transcript
from stack.cli import product
from stack.cli.account import sign_in
from stack.cli.choosing_models import chosen_models
from stack.cli.configuration import load_settings
from stack.cli.engine_options import DiariserName, Models, TranscriberName
from stack.cli.servers import AsJson
from stack.cli.terminal import print_json, results, say
from stack.cli.transcribing import check_file, form_fields, transcribe_file

TITLE = "Sample meeting"
SAMPLE = REPOSITORY / "tests" / "data" / "sample.flac"
MOST_WER = 0.15
MOST_DER = 0.25
DIGITS = 4


@dataclass(frozen=True)
class Outcome:
    """The fields are the keys of ``demo --json``.

    wer, der: how far the transcript is from the reference; fractions, 0 is perfect
    seconds: from the command's begin; timings: seconds a stage
    """

    wer: float
    der: float
    limits: dict[str, float]
    engines: Engines
    warnings: tuple[Notice, ...]
    seconds: float
    timings: dict[str, float]
    meeting_id: UUID


def demo(
    *,
    as_json: AsJson = False,
    transcriber: TranscriberName = None,
    diariser: DiariserName = None,
    model: Models = None,
    recording: Annotated[
        Path, typer.Option(help="A recording with its reference beside it: the same name, ending in .json.")
    ] = SAMPLE,
) -> None:
    """Set up and start what is missing, transcribe a meeting and compare it with its reference.

    It is the sample meeting unless another one is named. The exit code says whether there is a transcript;
    how good it is stands in the figures.
    """
    begun = time.monotonic()
    check_file(recording)
    reference = Reference.load(recording.with_suffix(".json"))
    settings = load_settings()
    models = chosen_models(settings, model or [])
    started = product.start(settings)
    product.show_administrator(started.new_administrator)
    voices, seconds = len(reference.speakers), round(reference.duration)
    say(f"Transcribing {recording.name}, {seconds} s of {voices} voices, at {started.address}")
    fields = form_fields(title=TITLE, language=reference.language, transcriber=transcriber, diariser=diariser)
    with sign_in(settings) as client:
        transcript = client.transcript(transcribe_file(client, recording, fields | models))
    outcome = measure(reference, transcript, time.monotonic() - begun)
    if as_json:
        print_json(outcome)
    else:
        _print(transcript, outcome, started)


def measure(reference: Reference, transcript: Transcript, seconds: float) -> Outcome:
    """Compare words and turns with what was really said."""
    from scribe.evaluation.der import diarisation_error_rate  # noqa: PLC0415 - they take a second to import
    from scribe.evaluation.normalisation import rules_for  # noqa: PLC0415
    from scribe.evaluation.wer import word_error_rate  # noqa: PLC0415

    rules = rules_for(reference.language)
    return Outcome(
        wer=round(word_error_rate(reference.text, text_of(transcript), rules), DIGITS),
        der=round(diarisation_error_rate(reference.turns, turns_of(transcript)), DIGITS),
        limits={"wer": MOST_WER, "der": MOST_DER},
        engines=transcript.engines,
        warnings=transcript.warnings,
        seconds=round(seconds, DIGITS),
        timings=transcript.timings,
        meeting_id=transcript.meeting_id,
    )


def _print(transcript: Transcript, outcome: Outcome, started: product.Started) -> None:
    names = {speaker.id: speaker.display_name for speaker in transcript.speakers}
    for segment in transcript.segments:
        minutes, rest = divmod(int(segment.start), 60)
        name = names.get(segment.speaker or "", "Nobody")
        results.print(f"{minutes:02}:{rest:02}  {name}: {segment.text}")
    engines = outcome.engines
    results.print()
    results.print(f"WER {outcome.wer * 100:.1f} % · DER {outcome.der * 100:.1f} %")
    results.print(f"(limits: {MOST_WER:.0%} of the words, {MOST_DER:.0%} of the time)")
    for what, engine in (("Words ", engines.transcriber), ("Voices", engines.diariser)):
        results.print(f"{what}  {engine.name} ({engine.model}, {engine.device})")
    for notice in outcome.warnings:
        results.print(f"Warning [{notice.code}] {notice.message}")
    stages = ", ".join(f"{stage} {spent:.1f}" for stage, spent in outcome.timings.items())
    results.print(f"Took {outcome.seconds:.1f} s in all (stages: {stages or 'none'})")
    results.print()
    results.print("Next: ./manage.sh transcribe FILE --format srt")
    results.print(f"      {started.address}/docs explains the API; ./manage.sh down stops it")
