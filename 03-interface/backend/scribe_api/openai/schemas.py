"""Transcripts, models and errors in the words of OpenAI's API."""

from typing import Any, Literal

from pydantic import BaseModel, Field


class Model(BaseModel):
    """A model that a request may name."""

    id: str
    object: Literal["model"] = "model"
    created: int = Field(default=0, description="Always 0: nobody notes when a model was made.")
    owned_by: str = Field(description="The engine that runs it.")


class ModelList(BaseModel):
    """All of them."""

    object: Literal["list"] = "list"
    data: list[Model]


class Usage(BaseModel):
    """What the request cost: the recording's length, in whole seconds begun."""

    type: Literal["duration"] = "duration"
    seconds: int


class Transcription(BaseModel):
    """``json``: the text and nothing else."""

    text: str
    usage: Usage


class TimedWord(BaseModel):
    """A word; seconds from the start of the recording."""

    word: str
    start: float
    end: float


class TimedSegment(BaseModel):
    """What one speaker said in one go, with the figures that Whisper's own program reports.

    ``avg_logprob`` is the mean logarithm of the words' confidences. Nothing here is known of ``tokens``
    and ``no_speech_prob``: they are empty and 0.
    """

    id: int
    seek: int = Field(description="Where it begins, in hundredths of a second.")
    start: float
    end: float
    text: str
    tokens: list[int] = []
    temperature: float
    avg_logprob: float
    compression_ratio: float
    no_speech_prob: float = 0.0


class VerboseTranscription(BaseModel):
    """``verbose_json``: the text with its times."""

    task: Literal["transcribe", "translate"]
    language: str = Field(description="Its English name.", examples=["french"])
    duration: float
    text: str
    segments: list[TimedSegment] | None = None
    words: list[TimedWord] | None = None
    usage: Usage


class SpokenSegment(BaseModel):
    """What one speaker said in one go."""

    type: Literal["transcript.text.segment"] = "transcript.text.segment"
    id: str
    speaker: str
    start: float
    end: float
    text: str


class DiarizedTranscription(BaseModel):
    """``diarized_json``: who said what."""

    task: Literal["transcribe", "translate"]
    duration: float
    text: str
    segments: list[SpokenSegment]
    usage: Usage


class TextDelta(BaseModel):
    """A part of the text, with ``stream``."""

    type: Literal["transcript.text.delta"] = "transcript.text.delta"
    delta: str


class TextDone(BaseModel):
    """The whole text, at the end of the stream."""

    type: Literal["transcript.text.done"] = "transcript.text.done"
    text: str
    usage: Usage


Kind = Literal["invalid_request_error", "rate_limit_error", "server_error"]
"""Whose fault an error is."""


class ErrorBody(BaseModel):
    """What went wrong."""

    message: str = Field(description="A sentence for people.")
    type: Kind
    param: str | None = Field(default=None, description="The field that is wrong.")
    code: str = Field(description="Stable, for programs.", examples=["invalid_api_key"])
    detail: dict[str, Any] = Field(description="Facts; `correlation_id` finds it in the log.")


class ErrorEnvelope(BaseModel):
    """The shape of every error under /v1."""

    error: ErrorBody
