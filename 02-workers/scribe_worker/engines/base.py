"""The contract between the pipeline and an engine: what goes in, what comes out, how it is called.

An engine is a class behind an entry point (group ``scribe.transcribers`` or ``scribe.diarisers``). Its
module must import fast: whatever is heavy is imported inside ``load``, because the worker reads the class
to ask whether the engine can run, while only the child process ever loads it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from scribe.transcript.document import Notice

Kind = Literal["transcriber", "diariser"]
Progress = Callable[[float], None]
"""Called with the finished share of the work, 0 to 1; raising in it ends the call."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Span(_Frozen):
    """A stretch of the recording, in seconds from its start."""

    start: float = Field(ge=0)
    end: float = Field(ge=0)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"ends at {self.end} before it starts at {self.start}")
        return self


class Word(_Span):
    """One spoken word; ``confidence`` is 0 to 1."""

    text: str = Field(min_length=1)
    confidence: float = Field(ge=0, le=1)


class Turn(_Span):
    """One speaker speaks; ``speaker`` counts from 0 in the order in which they are first heard."""

    speaker: int = Field(ge=0)


class TranscribeRequest(_Frozen):
    """Write down what is said in ``audio`` (16 kHz mono FLAC); no ``language`` means: find out."""

    audio: Path
    language: str | None = None
    options: dict[str, JsonValue] = Field(default_factory=dict)


class DiariseRequest(_Frozen):
    """Find who speaks when in ``audio`` (16 kHz mono FLAC); no ``speakers`` means: count them."""

    audio: Path
    speakers: int | None = Field(default=None, ge=1)
    options: dict[str, JsonValue] = Field(default_factory=dict)


class Transcription(_Frozen):
    """Words in order of their start; ``language`` is an ISO 639-1 code."""

    language: str
    words: tuple[Word, ...]
    warnings: tuple[Notice, ...] = ()


class Diarisation(_Frozen):
    """Turns in order of their start, which may overlap, and ``exclusive`` ones, which do not.

    ``embeddings`` holds one vector a speaker, by speaker number, or nothing where an engine has none.
    """

    turns: tuple[Turn, ...]
    exclusive: tuple[Turn, ...]
    embeddings: tuple[tuple[float, ...], ...] = ()
    warnings: tuple[Notice, ...] = ()


class EngineInfo(_Frozen):
    """What exactly did the work, for the record in the transcript."""

    name: str
    model: str
    device: str
    compute_type: str


class Engine(Protocol):
    """What transcribers and diarisers share."""

    rank: ClassVar[int]
    """``auto`` takes the highest rank that can run; 0 means: only when asked for by name."""

    caveat: ClassVar[Notice | None]
    """Said whenever ``auto`` has to settle for this engine; None for one that needs no excuse."""

    @classmethod
    def unavailable(cls) -> str | None:
        """A sentence that says why the engine cannot run here, or None. Imports nothing heavy."""

    def load(self, threads: int) -> None:
        """Make the model ready, to compute on ``threads`` CPU threads. Runs in the child process."""

    def info(self) -> EngineInfo:
        """What was loaded."""


class Transcriber(Engine, Protocol):
    """Speech to words."""

    def transcribe(self, request: TranscribeRequest, progress: Progress) -> Transcription:
        """The words of the recording; none, and a notice, where nobody speaks."""


class Diariser(Engine, Protocol):
    """Speech to turns."""

    def diarise(self, request: DiariseRequest, progress: Progress) -> Diarisation:
        """Who speaks when; no turns, and a notice, where nobody speaks."""


NO_SPEECH = Notice(code="NO_SPEECH", message="No speech was found in this recording.")
