"""Diarisation error rate: how much of the speech is given to the wrong speaker, to none or to too many."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, Field

from scribe.evaluation.reference import SpeakerTurn

if TYPE_CHECKING:
    from pyannote.core import Annotation

COLLAR_S = 0.25
"""Seconds around each boundary of the reference that are not scored, half before and half after."""


class SpeakerErrors(BaseModel):
    """Seconds of speech; those of several recordings add up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    speech: float = Field(default=0.0, ge=0)
    """In the reference; where two speak at once, both count."""
    missed: float = Field(default=0.0, ge=0)
    false_alarm: float = Field(default=0.0, ge=0)
    confusion: float = Field(default=0.0, ge=0)

    @property
    def rate(self) -> float:
        """Seconds missed, falsely detected or confused over the seconds of speech in the reference.

        0 is perfect and above 1 is possible. Without reference speech it is 0 for an empty hypothesis and 1
        for any other.
        """
        errors = self.missed + self.false_alarm + self.confusion
        return errors / self.speech if self.speech else float(errors > 0)

    def __add__(self, other: Self) -> Self:
        return type(self)(
            speech=self.speech + other.speech,
            missed=self.missed + other.missed,
            false_alarm=self.false_alarm + other.false_alarm,
            confusion=self.confusion + other.confusion,
        )


def speaker_errors(
    reference: Sequence[SpeakerTurn],
    hypothesis: Sequence[SpeakerTurn],
    *,
    collar: float = COLLAR_S,
    skip_overlap: bool = False,
) -> SpeakerErrors:
    """Match speakers one to one in the way that gives the lowest rate, and count what is left.

    collar: see ``COLLAR_S``; skip_overlap: leave out where the reference has several speakers at once
    """
    from pyannote.core import Segment, Timeline  # noqa: PLC0415 - takes a second, and only evaluation needs it
    from pyannote.metrics.diarization import DiarizationErrorRate  # noqa: PLC0415 - as above

    turns = [*reference, *hypothesis]
    if not turns:
        return SpeakerErrors()
    scored = Timeline([Segment(min(turn.start for turn in turns), max(turn.end for turn in turns))])
    metric = DiarizationErrorRate(collar=collar, skip_overlap=skip_overlap)
    counted = metric(_annotation(reference), _annotation(hypothesis), uem=scored, detailed=True)
    return SpeakerErrors(
        speech=counted["total"],
        missed=counted["missed detection"],
        false_alarm=counted["false alarm"],
        confusion=counted["confusion"],
    )


def diarisation_error_rate(
    reference: Sequence[SpeakerTurn], hypothesis: Sequence[SpeakerTurn], *, collar: float = COLLAR_S
) -> float:
    """The rate alone, with overlapping speech scored."""
    return speaker_errors(reference, hypothesis, collar=collar).rate


def _annotation(turns: Sequence[SpeakerTurn]) -> "Annotation":
    """The turns as pyannote.core holds them; those of one speaker that touch are one."""
    from pyannote.core import Annotation, Segment  # noqa: PLC0415 - as above

    annotation = Annotation()
    for track, turn in enumerate(turns):
        if turn.end > turn.start:
            annotation[Segment(turn.start, turn.end), track] = turn.speaker
    return annotation.support()
