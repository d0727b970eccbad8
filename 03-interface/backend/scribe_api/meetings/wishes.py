"""What a client may ask of the engines: the same fields when handing in a recording and when changing it."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, JsonValue, StringConstraints, ValidationError

from scribe.wishes import MOST_SPEAKERS, MOST_TERMS, Language, Name, Wishes
from scribe_api.schemas import Line, Schema

MOST_LANGUAGES = 20
LONGEST_TERM = 100
_BETWEEN_TERMS = re.compile(r"[,\n]")


def nothing_if_empty(value: object) -> object:
    """HTML forms send empty fields for what is not set."""
    return None if value == "" else value


def _listed(value: object) -> object:
    """A form's text as a list: separated by commas or line breaks."""
    if not isinstance(value, str):
        return value
    parts = (part.strip() for part in _BETWEEN_TERMS.split(value))
    return [part for part in parts if part]


OrEmpty = BeforeValidator(nothing_if_empty)
_Listed = BeforeValidator(_listed)

EngineName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=64), Field(examples=["auto"])
]
_Term = Annotated[Line, StringConstraints(min_length=1, max_length=LONGEST_TERM)]
_Count = Annotated[int, Field(ge=1, le=MOST_SPEAKERS)]


class WishFields(Schema):
    """Everything is optional; what is left out is up to the instance. ``GET /engines`` shows the choice."""

    transcriber: Annotated[EngineName | None, OrEmpty] = None
    diariser: Annotated[EngineName | None, OrEmpty] = None
    transcriber_model: Annotated[Name | None, OrEmpty] = Field(default=None, examples=["large-v3"])
    diariser_model: Annotated[Name | None, OrEmpty] = Field(default=None, examples=["community-1"])
    languages: Annotated[
        Annotated[list[Language], Field(max_length=MOST_LANGUAGES)] | None, _Listed, OrEmpty
    ] = Field(
        default=None,
        description="Those that may be spoken, found out for each stretch of speech: ISO 639-1 codes, "
        "in a form separated by commas.",
        examples=[["fr", "en"]],
    )
    task: Annotated[Literal["transcribe", "translate"] | None, OrEmpty] = Field(
        default=None, description="`translate` writes English, where the engine can."
    )
    vocabulary: Annotated[Annotated[list[_Term], Field(max_length=MOST_TERMS)] | None, _Listed, OrEmpty] = (
        Field(
            default=None,
            description="Names and terms that are likely to be said; in a form one a line, or with commas.",
            examples=[["Grafana", "Véronique"]],
        )
    )
    min_speakers: Annotated[_Count | None, OrEmpty] = None
    max_speakers: Annotated[_Count | None, OrEmpty] = None
    smooth_speakers: Annotated[bool | None, OrEmpty] = Field(
        default=None, description="Whether a sentence keeps its speaker through short flips; it does."
    )

    def wishes(self, before: dict[str, Any]) -> dict[str, JsonValue]:
        """``before`` with what is set here, where null takes a wish away, as it is stored.

        Raises ValidationError where the fields do not go together.
        """
        given = self.model_dump(include=set(WishFields.model_fields), exclude_unset=True)
        merged = {**before, **given}
        taken_away = {name for name in given if given[name] is None}
        return Wishes.model_validate(
            {name: value for name, value in merged.items() if name not in taken_away}
        ).stored()


def reason(error: ValidationError) -> str:
    """The first fault in words."""
    fault = error.errors()[0]
    return ": ".join([*map(str, fault["loc"][:1]), fault["msg"]])
