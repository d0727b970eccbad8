"""What a client may ask of the engines: the same fields when handing in a recording and when changing it."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    JsonValue,
    StringConstraints,
    model_validator,
)

from scribe.wishes import LONGEST_TERM, MOST_LANGUAGES, MOST_TERMS, Count, Language, Name, Wishes
from scribe_api.schemas import Line, Schema, one_line

_BETWEEN_CODES = re.compile(r"[,\n]")


def nothing_if_empty(value: object) -> object:
    """HTML forms send empty fields for what is not set."""
    return None if value == "" else value


def comma_separated(value: object) -> object:
    """A form's text as a list: separated by commas or line breaks."""
    if not isinstance(value, str):
        return value
    return [code.strip() for code in _BETWEEN_CODES.split(value) if code.strip()]


def _terms(value: object) -> object:
    """A form's text as a list: one a line or, all on one line, with commas. Blank terms are left out."""
    if isinstance(value, str):
        value = value.split("\n" if "\n" in value else ",")
    if not isinstance(value, list):
        return value
    return [term for term in value if not isinstance(term, str) or one_line(term)]


def _of_engines(options: object) -> object:
    """Refuse the names of fields: among the options they would be read as wishes, or by nobody."""
    if isinstance(options, dict):
        fields = WishFields.model_fields.keys() | {"title", "file", "project_id", "tags", "notes"}
        for name in sorted(options.keys() & fields):
            raise ValueError(f"{name} is a field beside the options, not the name of an engine")
    return options


def _storable(options: dict[str, dict[str, JsonValue]]) -> dict[str, dict[str, JsonValue]]:
    """Refuse what JSON may hold and PostgreSQL may not: NaN, infinities, half characters and NUL.

    All but the last are ValueErrors of the writing.
    """
    if b"\\u0000" in json.dumps(options, allow_nan=False, ensure_ascii=False).encode():
        raise ValueError("holds a NUL character")
    return options


OrEmpty = BeforeValidator(nothing_if_empty)

EngineOptions = Annotated[
    dict[Name, dict[str, JsonValue]], BeforeValidator(_of_engines), AfterValidator(_storable)
]
_Tag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=16)]
_Term = Annotated[Line, StringConstraints(max_length=LONGEST_TERM)]
_Languages = Annotated[list[Language], Field(max_length=MOST_LANGUAGES)]
_Vocabulary = Annotated[list[_Term], Field(max_length=MOST_TERMS)]


class Asked(Wishes):
    """All that is asked of the engines: the wishes, and what has columns of its own beside them."""

    language: str | None = None
    speakers: int | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.speakers and self.min_speakers and self.speakers < self.min_speakers:
            raise ValueError("speakers is less than min_speakers")
        if self.speakers and self.max_speakers and self.speakers > self.max_speakers:
            raise ValueError("speakers is more than max_speakers")
        if self.language and self.languages and self.language.lower().split("-")[0] not in self.languages:
            raise ValueError("language is none of the languages")
        return self

    @property
    def stored(self) -> dict[str, JsonValue]:
        """The options as kept in the meeting's row: only what was asked for."""
        return self.model_dump(mode="json", exclude_defaults=True, exclude={"language", "speakers"})


class WishFields(Schema):
    """Everything is optional; what is left out is up to the instance. ``GET /engines`` shows the choice."""

    language: Annotated[_Tag | None, OrEmpty] = Field(
        default=None, description="BCP 47 tag; left out, the engine decides.", examples=["en-GB"]
    )
    speakers: Annotated[Count | None, OrEmpty] = Field(
        default=None, description="How many speak, if that is known.", examples=[4]
    )
    transcriber: Annotated[Name | None, OrEmpty] = Field(default=None, examples=["auto"])
    diariser: Annotated[Name | None, OrEmpty] = Field(default=None, examples=["auto"])
    transcriber_model: Annotated[Name | None, OrEmpty] = Field(default=None, examples=["large-v3"])
    diariser_model: Annotated[Name | None, OrEmpty] = Field(default=None, examples=["community-1"])
    languages: Annotated[_Languages | None, BeforeValidator(comma_separated), OrEmpty] = Field(
        default=None,
        description="Those that may be spoken, found out for each stretch of speech: ISO 639-1 codes, "
        "in a form separated by commas.",
        examples=[["fr", "en"]],
    )
    task: Annotated[Literal["transcribe", "translate"] | None, OrEmpty] = Field(
        default=None, description="`translate` writes English, where the engine can."
    )
    vocabulary: Annotated[_Vocabulary | None, BeforeValidator(_terms), OrEmpty] = Field(
        default=None,
        description="Names and terms that are likely to be said; in a form one a line or, all on one line, "
        "separated by commas.",
        examples=[["Grafana", "Véronique"]],
    )
    min_speakers: Annotated[Count | None, OrEmpty] = None
    max_speakers: Annotated[Count | None, OrEmpty] = None
    smooth_speakers: Annotated[bool | None, OrEmpty] = Field(
        default=None, description="Whether a sentence keeps its speaker through short flips; it does."
    )
    options: EngineOptions | None = Field(
        default=None,
        description="Options of the engines, each under its name; all that were given before are replaced.",
        examples=[{"faster-whisper": {"beam_size": 5}}],
    )

    def asked(self, before: Mapping[str, Any]) -> Asked:
        """``before`` with what is set here, where null takes a wish away.

        Raises ValidationError where the wishes contradict one another.
        """
        given = self.model_dump(include=set(WishFields.model_fields), exclude_unset=True)
        if "options" in given:
            before = {name: value for name, value in before.items() if name in Asked.model_fields}
            given |= given.pop("options") or {}
        merged = {**before, **given}
        return Asked.model_validate({name: value for name, value in merged.items() if value is not None})
