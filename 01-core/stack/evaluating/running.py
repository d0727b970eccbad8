"""Every recording with every pair of engines, one after the other, through the API of the running product."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from scribe.errors import ScribeError
from scribe.evaluation.figures import Accuracy, Cost
from scribe.evaluation.truth import Truth
from stack.cli.terminal import say
from stack.cli.transcribing import form_fields, transcribe_file
from stack.client import Client
from stack.evaluating.manifest import Limits, Manifest, NotMeasured, Recording
from stack.evaluating.pair import EnginePair
from stack.evaluating.results import Measured, beyond


@dataclass(frozen=True)
class Task:
    """A recording in its folder."""

    recording: Recording
    folder: Path


@dataclass(frozen=True)
class Tasks:
    """What can be measured, and what cannot, because it is not here."""

    found: tuple[Task, ...]
    missing: tuple[NotMeasured, ...]


def tasks(manifest: Manifest, folder: Path, also: Path | None) -> Tasks:
    """The recordings of the manifest in ``folder``, and those of ``also`` that are there.

    Raises RecordingMissing, ReferenceUnreadable and RecordingNotInReference for what should be there and is
    not, or is not as it should be.
    """
    found = [Task(recording, folder) for recording in manifest.files]
    missing = list(manifest.not_measured)
    for recording in manifest.also:
        if also is None:
            why = "it is not part of this repository, and no folder was given with --also"
            missing.append(NotMeasured(what=recording.name, why=why))
        elif not (also / recording.audio).is_file():
            why = f"there is no {recording.audio} in the folder given with --also"
            missing.append(NotMeasured(what=recording.name, why=why))
        else:
            found.append(Task(recording, also))
    for task in found:
        task.recording.check(task.folder)
    return Tasks(tuple(found), tuple(missing))


def measure(
    client: Client, found: Sequence[Task], pairs: Sequence[EnginePair], limits: Limits
) -> Iterator[Measured]:
    """Each recording with each pair; one that fails is a result too.

    limits: for what the manifest sets no limit to and what can be measured
    """
    for pair in pairs:
        for task in found:
            say(f"{task.recording.name} with {pair}")
            yield _measure(client, task, pair, limits)


def _measure(client: Client, task: Task, pair: EnginePair, limits: Limits) -> Measured:
    recording, truth = task.recording, task.recording.truth(task.folder)
    failed = Measured(recording=recording.name, pair=str(pair), expected=truth.speakers)
    try:
        transcript = client.transcript(_transcribed(client, task, pair))
    except ScribeError as error:
        say(str(error))
        return failed.model_copy(update={"failure": str(error)})
    accuracy = Accuracy.of(truth, transcript)
    own = recording.limits_for(pair)
    return failed.model_copy(
        update={
            "accuracy": accuracy,
            "cost": Cost.of(transcript),
            "found": len(transcript.speakers),
            "engines": transcript.engines,
            "warnings": tuple(notice.code for notice in transcript.warnings),
            "beyond": beyond(accuracy, own.or_else(_measurable(limits, truth))),
        }
    )


def _transcribed(client: Client, task: Task, pair: EnginePair) -> UUID:
    fields = form_fields(
        title=f"eval: {task.recording.name}", language=task.recording.language, **pair.model_dump()
    )
    return transcribe_file(client, task.folder / task.recording.audio, fields)


def _measurable(limits: Limits, truth: Truth) -> Limits:
    """The limits to figures for which there is a reference."""
    unknown = {
        "wer": truth.text is None,
        "cpwer": truth.utterances is None,
        "tcpwer": truth.utterances is None,
        "der": truth.turns is None,
    }
    return limits.model_copy(update={name: None for name, is_unknown in unknown.items() if is_unknown})
