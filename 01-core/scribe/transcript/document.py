"""The Transcript document (schema 1): the one record of who said what, written to S3 and never changed."""

import itertools
import uuid
from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, model_validator
from pydantic.dataclasses import dataclass

DIARISATION_FAILED = "DIARISATION_FAILED"
BLOCK_FAILED = "BLOCK_FAILED"
INCOMPLETE = frozenset({DIARISATION_FAILED, BLOCK_FAILED})
"""Codes of notices that say: something is missing here which a retry may still get."""

_MILLISECONDS = 3


def _to_milliseconds(seconds: float) -> float:
    return round(seconds, _MILLISECONDS)


def _by_stage(timings: dict[str, float]) -> dict[str, float]:
    return dict(sorted(timings.items()))


Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False), AfterValidator(_to_milliseconds)]
"""Seconds, to the millisecond: finer than any engine hears, and the same bytes on every machine."""


_CONFIG = ConfigDict(
    extra="forbid",
    validate_by_name=True,
    validate_by_alias=True,
    serialize_by_alias=True,
    json_schema_serialization_defaults_required=True,
)


class _Part(BaseModel):
    model_config = ConfigDict(**_CONFIG, frozen=True)


class Notice(_Part):
    """Something the reader should know although the work went on, such as a fallback."""

    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
    message: Annotated[str, Field(min_length=1)]


class EngineUsed(_Part):
    """An engine as it ran: enough to run it the same way again, and the most memory that it took (MiB)."""

    name: str
    model: str
    device: str
    compute_type: str
    peak_memory_mib: float | None = None
    peak_vram_mib: float | None = None


class Engines(_Part):
    """The engines that made the machine's revision; edits keep them."""

    transcriber: EngineUsed
    diariser: EngineUsed


class Speaker(_Part):
    """One voice of the meeting. ``label`` is what the machine calls it, ``name`` what a person does."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    label: Annotated[str, Field(min_length=1, max_length=200)]
    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    profile_id: uuid.UUID | None = None

    @property
    def display_name(self) -> str:
        """The name a reader should see."""
        return self.name or self.label


class _Span(_Part):
    start: Seconds
    end: Seconds

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        _require_forward(self.start, self.end)
        return self


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Word:
    """One spoken word. Times in seconds from the start of the audio, confidence from 0 to 1.

    A dataclass, since there are ten thousand an hour and a model takes several times the memory.
    """

    start: Seconds
    end: Seconds
    text: Annotated[str, Field(min_length=1)]
    confidence: Annotated[float, Field(ge=0, le=1)]
    speaker: str | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        _require_forward(self.start, self.end)
        return self


class Segment(_Span):
    """What one speaker said in one go: the unit of reading, editing and search.

    ``text`` is what readers see; an edit may leave it different from ``words``, which keep the times. It is
    empty where something was said that could not be written down; ``flags`` then say why. ``language`` is
    told where it differs from segment to segment.
    """

    id: Annotated[int, Field(ge=1)]
    speaker: str | None = None
    text: str
    language: str | None = None
    words: tuple[Word, ...] = ()
    flags: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], ...] = ()

    @model_validator(mode="after")
    def _holds_its_words(self) -> Self:
        _require_sorted("words", self.words)
        if self.words and (
            self.words[0].start < self.start or max(word.end for word in self.words) > self.end
        ):
            raise ValueError("has words outside its start and end")
        return self


class Transcript(_Part):
    """One revision of a meeting's transcript; revision 1 is the machine's.

    ``duration`` and all times are seconds from the start of the audio; ``timings`` are seconds a stage;
    ``language`` is a BCP 47 tag, ``und`` where it is not known.
    """

    schema_version: Literal[1] = Field(default=1, alias="schema")
    meeting_id: uuid.UUID
    revision: Annotated[int, Field(ge=1)]
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
    duration: Seconds
    engines: Engines
    speakers: tuple[Speaker, ...] = ()
    segments: tuple[Segment, ...] = ()
    warnings: tuple[Notice, ...] = ()
    timings: Annotated[dict[str, Seconds], AfterValidator(_by_stage)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        _require_unique("speaker ids", (speaker.id for speaker in self.speakers))
        _require_unique("segment ids", (segment.id for segment in self.segments))
        _require_sorted("segments", self.segments)
        spoken = {segment.speaker for segment in self.segments}
        spoken.update(word.speaker for segment in self.segments for word in segment.words)
        unknown = spoken - {speaker.id for speaker in self.speakers} - {None}
        if unknown:
            raise ValueError(
                f"segments or words name speakers that are not listed: {sorted(map(str, unknown))}"
            )
        return self


def json_schema() -> dict[str, JsonValue]:
    """The JSON Schema of a stored transcript, as the API publishes it."""
    return Transcript.model_json_schema(by_alias=True, mode="serialization")


def dumps(document: Transcript) -> bytes:
    """Canonical UTF-8 JSON: equal documents give equal bytes."""
    return document.model_dump_json().encode()


def loads(data: bytes) -> Transcript:
    """The inverse of ``dumps``; raises pydantic's ValidationError for anything else."""
    return Transcript.model_validate_json(data)


def _require_forward(start: float, end: float) -> None:
    if end < start:
        raise ValueError(f"ends at {end} s, before it starts at {start} s")


def _require_sorted(what: str, spans: Iterable[_Span | Word]) -> None:
    if any(after.start < before.start for before, after in itertools.pairwise(spans)):
        raise ValueError(f"{what} are not sorted by start")


def _require_unique(what: str, ids: Iterable[str | int]) -> None:
    listed = list(ids)
    if len(set(listed)) != len(listed):
        raise ValueError(f"{what} are not unique")
