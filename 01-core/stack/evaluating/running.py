"""Every recording with every pair of engines, one after the other, through the API of the running product."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from scribe.errors import ScribeError
from scribe.evaluation.figures import Accuracy, Cost
from scribe.evaluation.truth import Truth
from scribe.transcript.document import Transcript
from stack.cli.terminal import say
from stack.cli.transcribing import form_fields, transcribed, upload
from stack.client import Client
from stack.evaluating.manifest import Limits, Manifest, NotMeasured, Recording
from stack.evaluating.pair import EnginePair
from stack.evaluating.results import Measured, beyond


@dataclass(frozen=True)
class Task:
    """A recording, where it lies, and what is known about it."""

    recording: Recording
    audio: Path
    truth: Truth


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
    found = [_task(recording, folder) for recording in manifest.files]
    missing = list(manifest.not_measured)
    for recording in manifest.also:
        if also is None:
            why = "it is not part of this repository, and no folder was given with --also"
            missing.append(NotMeasured(what=recording.name, why=why))
        elif not (also / recording.audio).is_file():
            why = f"there is no {recording.audio} in the folder given with --also"
            missing.append(NotMeasured(what=recording.name, why=why))
        else:
            found.append(_task(recording, also))
    return Tasks(tuple(found), tuple(missing))


def _task(recording: Recording, folder: Path) -> Task:
    return Task(recording, folder / recording.audio, recording.checked(folder))


def measure(
    client: Client, found: Sequence[Task], pairs: Sequence[EnginePair], limits: Limits, *, keep: bool
) -> Iterator[Measured]:
    """Each recording with each pair; one that fails is a result too, whatever fails.

    limits: for what the manifest sets no limit to and what can be measured
    keep: leave the meetings that come about; otherwise they are deleted
    """
    for pair in pairs:
        for task in found:
            say(f"{task.recording.name} with {pair}")
            yield _measure(client, task, pair, limits, keep=keep)


def _measure(client: Client, task: Task, pair: EnginePair, limits: Limits, *, keep: bool) -> Measured:
    failed = Measured(recording=task.recording.name, pair=str(pair), expected=task.truth.speakers)
    try:
        return _figures(failed, task, pair, limits, _transcript(client, task, pair, keep=keep))
    except ScribeError as error:
        failure = str(error)
    except Exception as error:  # noqa: BLE001 - hours of other recordings must not be lost to one
        failure = f"{type(error).__name__}: {error}"
    say(failure)
    return failed.model_copy(update={"failure": failure})


def _figures(
    empty: Measured, task: Task, pair: EnginePair, limits: Limits, transcript: Transcript
) -> Measured:
    accuracy = Accuracy.of(task.truth, transcript)
    own = task.recording.limits_for(pair)
    return empty.model_copy(
        update={
            "accuracy": accuracy,
            "cost": Cost.of(transcript),
            "found": len(transcript.speakers),
            "engines": transcript.engines,
            "warnings": tuple(notice.code for notice in transcript.warnings),
            "beyond": beyond(accuracy, own.or_else(_measurable(limits, task.truth))),
        }
    )


def _transcript(client: Client, task: Task, pair: EnginePair, *, keep: bool) -> Transcript:
    fields = form_fields(
        title=f"eval: {task.recording.name}", language=task.recording.language, **pair.model_dump()
    )
    meeting_id = upload(client, task.audio, fields)
    try:
        transcribed(client, meeting_id, task.audio.name)
        return client.transcript(meeting_id)
    finally:
        if not keep:
            _delete(client, meeting_id)


def _delete(client: Client, meeting_id: UUID) -> None:
    try:
        client.delete(meeting_id)
    except ScribeError as error:
        say(f"The meeting {meeting_id} stays: {error}")


def _measurable(limits: Limits, truth: Truth) -> Limits:
    """The limits to figures for which there is a reference."""
    unknown = {
        "wer": truth.text is None,
        "cpwer": truth.utterances is None,
        "tcpwer": truth.utterances is None,
        "der": truth.turns is None,
    }
    return limits.model_copy(update={name: None for name, is_unknown in unknown.items() if is_unknown})
