"""What the worker and the engine's process say to each other."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from scribe_worker.engines.base import (
    Diarisation,
    DiariseRequest,
    EngineInfo,
    Kind,
    Plan,
    TranscribeRequest,
    Transcription,
)


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def to_frame(self) -> JsonValue:
        """Plain values, ready to be packed."""
        plain: JsonValue = self.model_dump(mode="json")
        return plain


class Load(_Message):
    """The first message to the child: which engine to load, how, and within which bounds."""

    say: Literal["load"] = "load"
    kind: Kind
    name: str
    plan: Plan
    threads: int
    memory_mib: int | None
    file_mib: int


class Transcribe(_Message):
    """To a transcriber's process."""

    say: Literal["transcribe"] = "transcribe"
    request: TranscribeRequest


class Diarise(_Message):
    """To a diariser's process."""

    say: Literal["diarise"] = "diarise"
    request: DiariseRequest


class Ready(_Message):
    """The engine is loaded."""

    say: Literal["ready"] = "ready"
    info: EngineInfo


class Progressed(_Message):
    """The engine is at work; also the sign of life that the silence limit waits for."""

    say: Literal["progressed"] = "progressed"
    fraction: float


class Transcribed(_Message):
    """The words, and the most memory that finding them took."""

    say: Literal["transcribed"] = "transcribed"
    result: Transcription
    peak_memory_mib: float


class Diarised(_Message):
    """The turns, and the most memory that finding them took."""

    say: Literal["diarised"] = "diarised"
    result: Diarisation
    peak_memory_mib: float


class Failed(_Message):
    """The engine raised."""

    say: Literal["failed"] = "failed"
    cause: Literal["error", "broken", "memory", "unavailable"]
    reason: str
    traceback: str


Request = Annotated[Load | Transcribe | Diarise, Field(discriminator="say")]
Reply = Annotated[Ready | Progressed | Transcribed | Diarised | Failed, Field(discriminator="say")]
REQUEST: TypeAdapter[Load | Transcribe | Diarise] = TypeAdapter(Request)
REPLY: TypeAdapter[Ready | Progressed | Transcribed | Diarised | Failed] = TypeAdapter(Reply)
