"""The contract between the pipeline and an engine: what goes in, what comes out, how it is called.

An engine is a class behind an entry point (group ``scribe.transcribers`` or ``scribe.diarisers``) that
inherits from ``Transcriber`` or ``Diariser``. Its module must import fast: whatever is heavy is imported
inside ``load``, because the worker reads the class to ask what the engine can do, while only the child
process ever loads it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator
from pydantic.dataclasses import dataclass

from scribe.models import Capabilities as Capabilities  # noqa: PLC0414 - a part of the contract, for authors
from scribe.models import InstalledModel
from scribe.transcript.document import Notice

Kind = Literal["transcriber", "diariser"]
Device = Literal["cpu", "cuda"]
Task = Literal["transcribe", "translate"]
DoubtKind = Literal[
    "low_confidence", "over_silence", "repetition", "known_hallucination", "not_transcribed", "failed"
]
Progress = Callable[[float], None]
"""Called with the finished share of the work, 0 to 1; raising in it ends the call."""


def _require_forward(start: float, end: float) -> None:
    if end < start:
        raise ValueError(f"ends at {end} before it starts at {start}")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Span(_Frozen):
    """A stretch of the recording, in seconds from its start."""

    start: float = Field(ge=0)
    end: float = Field(ge=0)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        _require_forward(self.start, self.end)
        return self


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Word:
    """One spoken word; ``confidence`` is 0 to 1, ``language`` an ISO 639-1 code where it is known.

    A dataclass, since there are ten thousand an hour and a model takes three times the memory.
    """

    start: float = Field(ge=0)
    end: float = Field(ge=0)
    text: str = Field(min_length=1)
    confidence: float = Field(ge=0, le=1)
    language: str | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        _require_forward(self.start, self.end)
        return self


class Doubt(_Span):
    """A stretch whose words should be checked, or where words should be and none are.

    low_confidence: the model was unsure; over_silence: words where nobody was heard; repetition: the same
    over and over; known_hallucination: a phrase that models make up; not_transcribed: speech without words;
    failed: the engine failed on this stretch, and only on this one
    """

    kind: DoubtKind


class Turn(_Span):
    """One speaker speaks; ``speaker`` counts from 0 in the order in which they are first heard."""

    speaker: int = Field(ge=0)


class TranscribeRequest(_Frozen):
    """Write down what is said in ``audio`` (FLAC, 16 kHz, as ``AudioReader`` reads it).

    It is mono, except where a diariser by channel has found that everybody has a channel: then it has them
    all, and ``AudioReader.read`` mixes them.

    language: the one spoken, an ISO 639-1 code; None: find out
    languages: those that may be spoken, found out for each stretch of speech; empty: any, one for all
    task: ``translate`` writes English whatever is spoken, where the engine can
    vocabulary: names and terms that are likely to be said
    options: the engine's own, under its name
    """

    audio: Path
    language: str | None = None
    languages: tuple[str, ...] = ()
    task: Task = "transcribe"
    vocabulary: tuple[str, ...] = ()
    options: dict[str, JsonValue] = Field(default_factory=dict)


class DiariseRequest(_Frozen):
    """Find who speaks when in ``audio`` (16 kHz mono FLAC).

    channels: the same at 16 kHz with all its channels (FLAC), for engines whose capabilities ask for it
    speakers: their number where it is known; else it lies between the other two, where those are known
    """

    audio: Path
    channels: Path | None = None
    speakers: int | None = Field(default=None, ge=1)
    min_speakers: int | None = Field(default=None, ge=1)
    max_speakers: int | None = Field(default=None, ge=1)
    options: dict[str, JsonValue] = Field(default_factory=dict)


class Transcription(_Frozen):
    """Words in order of their start; ``language`` is the one most spoken, an ISO 639-1 code."""

    language: str
    words: tuple[Word, ...]
    doubts: tuple[Doubt, ...] = ()
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


class Machine(_Frozen):
    """What a model may use: VRAM in MiB (0 without a usable GPU) and CPU threads."""

    vram_mib: int = 0
    threads: int = 1

    @property
    def best_device(self) -> Device:
        """Where models run when nobody says otherwise."""
        return "cuda" if self.vram_mib else "cpu"


class Wish(_Frozen):
    """How somebody wants a model to be loaded; ``auto`` and None leave it to the engine."""

    device: Literal["auto", "cpu", "cuda"] = "auto"
    compute_type: str = "auto"
    batch_size: int | None = Field(default=None, ge=1)


class Plan(_Frozen):
    """How a model is loaded: all that decides how much memory it takes.

    model: its name, for the record; path: its folder, None for an engine that carries its model
    """

    model: str = "none"
    path: Path | None = None
    device: Device = "cpu"
    compute_type: str = "none"
    batch_size: int = Field(default=1, ge=1)


class Engine(Protocol):
    """What transcribers and diarisers share. Whoever inherits from it gets the defaults below."""

    rank: ClassVar[int] = 0
    """``auto`` takes the highest rank that can run; 0 means: only when asked for by name."""

    caveat: ClassVar[Notice | None] = None
    """Said whenever ``auto`` has to settle for this engine; None for one that needs no excuse."""

    family: ClassVar[str | None] = None
    """The kind of installed models that it loads (``./manage.sh models``); None: it carries its own."""

    model_optional: ClassVar[bool] = False
    """Whether it also runs when no model of its family is installed."""

    models: ClassVar[tuple[str, ...]] = ()
    """Names of models, the one to take first where several are installed and nobody chose."""

    @classmethod
    def unavailable(cls) -> str | None:
        """A sentence that says why the engine cannot run here, or None. Imports nothing heavy."""
        return None

    @classmethod
    def capabilities(cls, model: InstalledModel | None) -> Capabilities:
        """What it can do with that model. Imports nothing heavy, as all class methods."""
        return Capabilities()

    @classmethod
    def plan(cls, model: InstalledModel | None, wish: Wish, machine: Machine) -> Plan:
        """How to load ``model`` on this machine."""
        return Plan(model=model.name if model else "none", path=model.path if model else None)

    @classmethod
    def vram_mib(cls, plan: Plan) -> int:
        """Predicted peak of GPU memory in MiB; 0 on the CPU."""
        return 0

    @classmethod
    def lighter(cls, plan: Plan, models: Sequence[InstalledModel]) -> Plan | None:
        """The next plan to try when ``plan`` runs out of memory, or None.

        models: the installed ones of its family
        """
        return None

    def load(self, plan: Plan, threads: int) -> None:
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
