"""The form of OpenAI's audio API, and the upload that it asks for in our own words."""

import json
import re
import uuid
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from scribe.wishes import LONGEST_TERM, MOST_TERMS
from scribe_api.meetings.schemas import Title, UploadFields
from scribe_api.openai.catalogue import Catalogue
from scribe_api.rendering import invalid_request
from scribe_api.schemas import Schema, one_line
from scribe_api.uploads import FormField

Task = Literal["transcribe", "translate"]

_LIST = "[]"
_BETWEEN_TERMS = re.compile(r"[,;.!?\n]+")
_WHISPER = "faster-whisper"


class ResponseFormat(StrEnum):
    """In which form the transcript is wanted."""

    JSON = "json"
    TEXT = "text"
    SRT = "srt"
    VTT = "vtt"
    VERBOSE_JSON = "verbose_json"
    DIARIZED_JSON = "diarized_json"


_STREAMED = frozenset({ResponseFormat.JSON, ResponseFormat.TEXT, ResponseFormat.DIARIZED_JSON})

Texts = Annotated[list[str], Field(max_length=MOST_TERMS)]


class AudioFields(Schema):
    """The fields beside the file. ``keep``, ``title`` and ``project_id`` are our own."""

    model: Annotated[str, Field(max_length=200)] = "whisper-1"
    language: str | None = Field(default=None, description="ISO 639-1; left out, the engine decides.")
    languages: Texts = Field(default=[], description="Those that may be spoken.")
    prompt: Annotated[str, StringConstraints(max_length=20_000)] | None = Field(
        default=None, description="Names and terms that are likely to be said; its style is not followed."
    )
    keywords: Texts = Field(default=[], description="Names and terms, one by one.")
    response_format: ResponseFormat = ResponseFormat.JSON
    temperature: Annotated[float, Field(ge=0, le=1)] = 0.0
    timestamp_granularities: list[Literal["word", "segment"]] = Field(
        default=["segment"], max_length=2, description="Of `verbose_json`."
    )
    stream: bool = Field(
        default=False, description="Server-sent events: the connection stays alive however long it takes."
    )
    chunking_strategy: str | None = Field(default=None, description="The engine cuts as it must.")
    keep: bool = Field(default=True, description="false: the meeting is deleted once it was answered.")
    title: Title | None = None
    project_id: uuid.UUID | None = Field(default=None, description="Left out: the key's own.")

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """Only of what was said: the rest may come after the file."""
        said = {"timestamp_granularities", "response_format"} <= self.model_fields_set
        if said and self.response_format is not ResponseFormat.VERBOSE_JSON:
            raise ValueError("timestamp_granularities belong to response_format=verbose_json")
        if self.stream and self.response_format not in _STREAMED:
            raise ValueError(f"stream takes response_format {', '.join(sorted(_STREAMED))}")
        return self

    @classmethod
    def of(cls, fields: Iterable[FormField]) -> Self:
        """The fields as they came; lists have names that end in brackets. Raises InvalidRequest."""
        given: dict[str, Any] = {}
        for field in fields:
            name = field.name.removesuffix(_LIST)
            if field.name.endswith(_LIST):
                given.setdefault(name, []).append(field.value)
            elif field.value:
                given[name] = field.value
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise invalid_request(error) from error

    def upload(self, task: Task, catalogue: Catalogue) -> UploadFields:
        """The same for the upload. Raises UnknownModel, InvalidRequest."""
        choice = catalogue.choice(self.model)
        options = {_WHISPER: {"temperature": self.temperature}} if self.temperature else {}
        wanted = {
            "title": self.title,
            "project_id": self.project_id,
            "language": self.language,
            "languages": self.languages,
            "task": task,
            "transcriber": choice.transcriber,
            "transcriber_model": choice.transcriber_model,
            "vocabulary": self._vocabulary(),
            "options": json.dumps(options) if options else None,
        }
        try:
            form = UploadFields.model_validate({name: value for name, value in wanted.items() if value})
            form.asked({})
        except ValidationError as error:
            raise invalid_request(error) from error
        return form

    def _vocabulary(self) -> list[str]:
        """A prompt is a text; what an engine can be told beforehand is terms."""
        pieces = [*self.keywords, *_BETWEEN_TERMS.split(self.prompt or "")]
        terms = (one_line(piece)[:LONGEST_TERM].strip() for piece in pieces)
        return list(dict.fromkeys(filter(None, terms)))[:MOST_TERMS]
