"""The transcript as server-sent events: a comment every few seconds keeps the connection open meanwhile."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Final

from pydantic import BaseModel
from sse_starlette import EventSourceResponse, ServerSentEvent

from scribe.errors import ScribeError
from scribe.logging import current_correlation_id
from scribe.storage.settle import settle
from scribe.transcript.document import Transcript
from scribe_api import openapi
from scribe_api.openai.answers import spoken_segments, text_of, usage
from scribe_api.openai.dialect import spoken
from scribe_api.openai.fields import ResponseFormat
from scribe_api.openai.schemas import TextDelta, TextDone

KEEP_ALIVE_S: Final = 10
_END: Final = ServerSentEvent("[DONE]")


def stream(
    transcript: Awaitable[Transcript],
    form: ResponseFormat,
    meeting_id: str,
    *,
    answered: Callable[[], Coroutine[object, object, None]] | None = None,
) -> EventSourceResponse:
    """Tell the transcript, segment by segment, once it is there; or why there is none.

    answered: what to do when all of it has been sent
    """
    return EventSourceResponse(
        _events(transcript, form, answered), ping=KEEP_ALIVE_S, sep="\n", headers={"X-Meeting-Id": meeting_id}
    )


async def _events(
    transcript: Awaitable[Transcript],
    form: ResponseFormat,
    answered: Callable[[], Coroutine[object, object, None]] | None,
) -> AsyncIterator[ServerSentEvent]:
    try:
        ready = await transcript
    except ScribeError as error:
        yield _sent(_failure(error))
        return
    if form is ResponseFormat.DIARIZED_JSON:
        for segment in spoken_segments(ready):
            yield _sent(segment)
    else:
        for number, text in enumerate(segment.text for segment in ready.segments if segment.text):
            yield _sent(TextDelta(delta=f" {text}" if number else text))
    yield _sent(TextDone(text=text_of(ready), usage=usage(ready)))
    yield _END
    if answered is not None:
        await settle(answered())


def _failure(error: ScribeError) -> BaseModel:
    detail = {**error.detail, "correlation_id": current_correlation_id()}
    return spoken(error.status, openapi.ErrorBody(code=error.code, message=str(error), detail=detail))


def _sent(event: BaseModel) -> ServerSentEvent:
    return ServerSentEvent(event.model_dump_json())
