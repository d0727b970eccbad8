"""What was really said in a recording, and by whom: what a transcript is measured against."""

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scribe.evaluation.errors import ReferenceUnreadable, fault
from scribe.transcript.document import Transcript

PAUSE_S = 0.5
"""Silence that ends an utterance."""

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


class Utterance(SpeakerTurn):
    """What one speaker said from ``start`` to ``end``."""

    text: str


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
        """Read a reference from JSON. Raises ReferenceUnreadable."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise ReferenceUnreadable(path=path, where="", reason=error.strerror or error) from error
        except ValidationError as error:
            raise ReferenceUnreadable(path=path, where="", reason=fault(error)) from error

    @property
    def text(self) -> str:
        """All words in reading order, separated by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """Words that one speaker says in a row without a pause, in reading order."""
        return in_a_row(Utterance.model_validate(word.model_dump()) for word in self.words)


def in_a_row(words: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Join what one speaker says in a row with pauses under ``PAUSE_S``; the order is kept."""
    joined: list[Utterance] = []
    for word in words:
        last = joined[-1] if joined else None
        if last and last.speaker == word.speaker and last.start <= word.start < last.end + PAUSE_S:
            joined[-1] = last.model_copy(
                update={"end": max(last.end, word.end), "text": f"{last.text} {word.text}"}
            )
        else:
            joined.append(word)
    return tuple(joined)


def turns_of(transcript: Transcript) -> tuple[SpeakerTurn, ...]:
    """Where a transcript has speakers talk: words in a row, those without a speaker as one unnamed voice.

    Segments are cut for reading and run through pauses, so they serve only where there are no words.
    """
    spoken = (
        Utterance(start=part.start, end=part.end, speaker=part.speaker or "", text=part.text)
        for segment in transcript.segments
        for part in segment.words or (segment,)
    )
    return tuple(SpeakerTurn(start=one.start, end=one.end, speaker=one.speaker) for one in in_a_row(spoken))


def text_of(transcript: Transcript) -> str:
    """The transcript's text in reading order, separated by single spaces."""
    return " ".join(segment.text for segment in transcript.segments)


def utterances_of(transcript: Transcript) -> tuple[Utterance, ...]:
    """The segments of a transcript with their text, those without a speaker as one unnamed voice."""
    return tuple(
        Utterance(start=segment.start, end=segment.end, speaker=segment.speaker or "", text=segment.text)
        for segment in transcript.segments
    )
