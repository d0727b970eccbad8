"""What OpenAPI says of these endpoints: their form, their answers, and errors in their own shape."""

from typing import Any

from scribe.errors import ScribeError
from scribe.media.errors import (
    CorruptMedia,
    EmptyMedia,
    MediaProcessDied,
    MediaTimeout,
    MediaTooLong,
    MediaTooShort,
    NoAudioTrack,
    UnsupportedMedia,
)
from scribe.storage import StorageFull, StorageUnavailable
from scribe_api import openapi
from scribe_api.defence.errors import BodyStalled, TookTooLong
from scribe_api.errors import FileMissing, ProjectNotFound, ProjectRequired, SecondFile, WorkersUnknown
from scribe_api.openai.dialect import spoken
from scribe_api.openai.errors import (
    ProcessingCancelled,
    ProcessingFailed,
    StillProcessing,
    UnknownModel,
)
from scribe_api.openai.fields import AudioFields
from scribe_api.openai.schemas import (
    DiarizedTranscription,
    ErrorEnvelope,
    Transcription,
    VerboseTranscription,
)
from scribe_api.quotas.errors import QUOTA_ERRORS
from scribe_api.uploads import FieldTooLarge, MalformedForm, UploadIncomplete, UploadTooLarge

_TEXT = {"schema": {"type": "string"}}


def errors(*classes: type[ScribeError]) -> openapi.Responses:
    """As ``openapi.protected``, in the other shape."""
    return {status: _spoken(status, told) for status, told in openapi.protected(*classes).items()}


def _spoken(status: int | str, told: dict[str, Any]) -> dict[str, Any]:
    examples = {}
    for example in told["content"]["application/json"]["examples"].values():
        error = openapi.ErrorEnvelope.model_validate(example["value"]).error
        body = spoken(int(status), error).model_dump(mode="json")
        examples[body["error"]["code"]] = {"summary": example["summary"], "value": body}
    return {
        "model": ErrorEnvelope,
        "description": " or ".join(f"`{code}`" for code in examples),
        "content": {"application/json": {"examples": examples}},
    }


def _form() -> dict[str, Any]:
    fields = AudioFields.model_json_schema(ref_template="#/components/schemas/{model}")
    formats = fields.pop("$defs")["ResponseFormat"]
    properties = {
        f"{name}[]" if field.get("type") == "array" else name: field
        for name, field in fields["properties"].items()
    }
    properties["response_format"] = {**formats, "default": "json"}
    file = {"type": "string", "format": "binary", "description": "Any audio or video."}
    schema = {"type": "object", "required": ["file"], "properties": {"file": file, **properties}}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


FORM = _form()
MODEL_ERRORS = errors(WorkersUnknown)
ONE_MODEL_ERRORS = errors(WorkersUnknown, UnknownModel)
ANSWERS: openapi.Responses = {
    **errors(
        MalformedForm,
        FieldTooLarge,
        UploadTooLarge,
        UploadIncomplete,
        FileMissing,
        SecondFile,
        EmptyMedia,
        UnsupportedMedia,
        NoAudioTrack,
        MediaTooShort,
        MediaTooLong,
        CorruptMedia,
        MediaTimeout,
        MediaProcessDied,
        StorageUnavailable,
        StorageFull,
        ProjectNotFound,
        ProjectRequired,
        *QUOTA_ERRORS,
        WorkersUnknown,
        UnknownModel,
        ProcessingFailed,
        ProcessingCancelled,
        StillProcessing,
        BodyStalled,
        TookTooLong,
    ),
    200: {
        "model": DiarizedTranscription | VerboseTranscription | Transcription,
        "description": "The transcript in the form that was asked for; with `stream`, as events.",
        "content": {"text/plain": _TEXT, "text/event-stream": _TEXT},
        "headers": {"X-Meeting-Id": {"schema": {"type": "string", "format": "uuid"}}},
    },
}
