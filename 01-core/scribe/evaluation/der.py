"""Diarisation error rate: how much of the speech is given to the wrong speaker, to none or to too many."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scribe.evaluation.reference import SpeakerTurn

if TYPE_CHECKING:
    from pyannote.core import Annotation


def diarisation_error_rate(
    reference: Sequence[SpeakerTurn], hypothesis: Sequence[SpeakerTurn], *, collar: float = 0.25
) -> float:
    """Seconds missed, falsely detected or confused over the seconds of speech in the reference.

    0 is perfect and above 1 is possible. Speakers are matched one to one in the way that gives the lowest
    rate, and overlapping speech is scored. Without reference speech the rate is 0 for an empty hypothesis
    and 1 for any other.

    collar: seconds around each boundary of the reference that are not scored, half before and half after
    """
    from pyannote.core import Segment, Timeline  # noqa: PLC0415 - takes a second, and only evaluation needs it
    from pyannote.metrics.diarization import DiarizationErrorRate  # noqa: PLC0415 - as above

    turns = [*reference, *hypothesis]
    if not turns:
        return 0.0
    scored = Timeline([Segment(min(turn.start for turn in turns), max(turn.end for turn in turns))])
    rate = DiarizationErrorRate(collar=collar, skip_overlap=False)
    return float(rate(_annotation(reference), _annotation(hypothesis), uem=scored))


def _annotation(turns: Sequence[SpeakerTurn]) -> "Annotation":
    """The turns as pyannote.core holds them; those of one speaker that touch are one."""
    from pyannote.core import Annotation, Segment  # noqa: PLC0415 - as above

    annotation = Annotation()
    for track, turn in enumerate(turns):
        if turn.end > turn.start:
            annotation[Segment(turn.start, turn.end), track] = turn.speaker
    return annotation.support()
