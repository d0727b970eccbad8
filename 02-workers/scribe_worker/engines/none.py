"""The diariser of last resort: one speaker over everything, and it says so."""

from typing import ClassVar

from scribe.transcript.document import Notice
from scribe_worker.engines.base import Diarisation, Diariser, DiariseRequest, EngineInfo, Progress, Turn
from scribe_worker.engines.duration import flac_duration

NOT_DIARISED = Notice(
    code="NOT_DIARISED",
    message="Speakers were not told apart: the whole recording is attributed to one speaker.",
)


class NoDiariser(Diariser):
    """Attributes the whole recording to one speaker."""

    rank: ClassVar[int] = 1
    caveat: ClassVar[Notice | None] = Notice(
        code="ENGINE_FALLBACK",
        message=(
            "No engine that tells speakers apart can run here: install the 'engines' extra of the "
            "workers package (`./manage.sh doctor` says what is missing)."
        ),
    )

    def info(self) -> EngineInfo:
        """Itself."""
        return EngineInfo(name="none", model="none", device="cpu", compute_type="none")

    def diarise(self, request: DiariseRequest, progress: Progress) -> Diarisation:
        """One turn from the start to the end of the recording."""
        duration = flac_duration(request.audio) or 0.0
        progress(1.0)
        turns = (Turn(start=0, end=duration, speaker=0),) if duration else ()
        return Diarisation(turns=turns, exclusive=turns, warnings=(NOT_DIARISED,))
