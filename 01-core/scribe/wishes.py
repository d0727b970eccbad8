"""What a user asks for when handing in a recording: stored with the meeting, read by the worker."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

MOST_TERMS = 200
LONGEST_TERM = 100
MOST_LANGUAGES = 20
MOST_SPEAKERS = 50

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
Term = Annotated[str, Field(min_length=1, max_length=LONGEST_TERM)]
Count = Annotated[int, Field(ge=1, le=MOST_SPEAKERS)]


class Wishes(BaseModel):
    """Which engines and models, and what they are told; what is left out is up to the instance.

    languages: those that may be spoken, found out for each stretch of speech
    vocabulary: names and terms that are likely to be said
    smooth_speakers: a sentence keeps its speaker through short flips of the diariser
    Everything else that is given belongs to the engines, each under its own name.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    transcriber: Name | None = None
    diariser: Name | None = None
    transcriber_model: Name | None = None
    diariser_model: Name | None = None
    languages: tuple[Language, ...] = Field(default=(), max_length=MOST_LANGUAGES)
    task: Literal["transcribe", "translate"] = "transcribe"
    vocabulary: tuple[Term, ...] = Field(default=(), max_length=MOST_TERMS)
    min_speakers: Count | None = None
    max_speakers: Count | None = None
    smooth_speakers: bool = True

    @model_validator(mode="after")
    def _bounds_are_in_order(self) -> Self:
        if self.min_speakers and self.max_speakers and self.min_speakers > self.max_speakers:
            raise ValueError("min_speakers is more than max_speakers")
        return self

    @property
    def engine_options(self) -> dict[str, JsonValue]:
        """The options of the engines, by engine name."""
        return dict(self.model_extra or {})
