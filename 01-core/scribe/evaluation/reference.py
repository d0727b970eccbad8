"""What was really said in a recording, and by whom: what a transcript is measured against."""

import itertools
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scribe.transcript.document import Transcript

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class SpeakerTurn(BaseModel):
    """One speaker talking from ``start`` to ``end``, in seconds; turns of different speakers may overlap."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: Seconds
    end: Seconds
    speaker: str

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"ends at {self.end} s, before it starts at {self.start} s")
        return self


class ReferenceWord(SpeakerTurn):
    """One word as it was spoken."""

    text: Annotated[str, Field(min_length=1)]


class Reference(BaseModel):
    """Words and turns of a recording; times in seconds from the start of the audio.

    Turns are sorted by start. Words are in reading order: where two people talk at once, the words of a turn
    stay together. ``speakers`` maps the id that words and turns carry to a name for people.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    duration: Seconds
    speakers: dict[str, str]
    turns: tuple[SpeakerTurn, ...]
    words: tuple[ReferenceWord, ...]

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if any(after.start < before.start for before, after in itertools.pairwise(self.turns)):
            raise ValueError("turns are not sorted by start")
        unknown = {span.speaker for span in (*self.turns, *self.words)} - set(self.speakers)
        if unknown:
            raise ValueError(f"turns or words name speakers that are not listed: {sorted(unknown)}")
        return self

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a reference from JSON; raises OSError or pydantic's ValidationError."""
        return cls.model_validate_json(path.read_bytes())

    @property
    def text(self) -> str:
        """All words in reading order, separated by single spaces."""
        return " ".join(word.text for word in self.words)


def turns_of(transcript: Transcript) -> tuple[SpeakerTurn, ...]:
    """The segments of a transcript as turns, those without a speaker as one unnamed voice."""
    return tuple(
        SpeakerTurn(start=segment.start, end=segment.end, speaker=segment.speaker or "")
        for segment in transcript.segments
    )


def text_of(transcript: Transcript) -> str:
    """The transcript's text in reading order, separated by single spaces."""
    return " ".join(segment.text for segment in transcript.segments)
