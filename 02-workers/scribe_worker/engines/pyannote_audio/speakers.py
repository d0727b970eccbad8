"""How many speakers there may be."""

from dataclasses import dataclass
from typing import Self

from scribe.transcript.document import Notice
from scribe_worker.engines.base import DiariseRequest


@dataclass(frozen=True)
class Bounds:
    """``least`` and ``most`` speakers in the whole recording; ``most`` None: as many as are heard."""

    least: int = 1
    most: int | None = None

    def __post_init__(self) -> None:
        if self.most is not None and self.least > self.most:
            raise ValueError(f"at least {self.least} speakers are asked for, and at most {self.most}")

    @classmethod
    def of(cls, request: DiariseRequest) -> Self:
        """Those of a request; a known number counts for both."""
        if request.speakers is not None:
            return cls(request.speakers, request.speakers)
        return cls(request.min_speakers or 1, request.max_speakers)

    @property
    def in_a_part(self) -> "Bounds":
        """Those of a part of the recording, in which some may be silent."""
        return Bounds(1, self.most)

    def missed(self, found: int) -> Notice | None:
        """What the reader is told when ``found`` speakers, but not none, are outside these bounds."""
        if found == 0 or (self.least <= found and (self.most is None or found <= self.most)):
            return None
        return Notice(
            code="SPEAKERS_UNLIKE_ASKED",
            message=f"{found} voices could be told apart, unlike the number of speakers that was given.",
        )
