"""What a program is told when something is wrong, in the shape that OpenAI's clients read."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from openai import (
    APIConnectionError,
    APIError,
    APIStatusError,
    AsyncOpenAI,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    UnprocessableEntityError,
)

pytestmark = pytest.mark.integration

Eventually = Callable[..., Awaitable[None]]
Worker = Any


async def meetings_of(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get("/meetings")).json()["items"]
    return found


async def test_an_unknown_model_is_refused_before_the_recording_is_taken(
    openai: AsyncOpenAI, ada: httpx.AsyncClient, wav: bytes
) -> None:
    with pytest.raises(NotFoundError) as refused:
        await openai.audio.transcriptions.create(model="gpt-5", file=("call.wav", wav))
    assert refused.value.code == "model_not_found"
    assert refused.value.type == "invalid_request_error"
    assert refused.value.request_id
    assert await meetings_of(ada) == []


async def test_a_wrong_field_is_named(openai: AsyncOpenAI, wav: bytes) -> None:
    with pytest.raises(UnprocessableEntityError) as refused:
        await openai.audio.transcriptions.create(
            model="whisper-1", file=("call.wav", wav), temperature=2, language="fr"
        )
    assert (refused.value.code, refused.value.param) == ("validation_error", "temperature")
    assert "temperature: " in refused.value.message


@pytest.mark.parametrize(
    "fields",
    [
        {"response_format": "json", "timestamp_granularities": ["word"]},
        {"response_format": "srt", "stream": True},
        {"include": ["logprobs"]},
        {"known_speaker_names": ["Ada"]},
        {"language": "not a language"},
    ],
    ids=str,
)
async def test_what_cannot_be_done_is_refused_and_not_ignored(
    openai: AsyncOpenAI, wav: bytes, fields: dict[str, Any]
) -> None:
    with pytest.raises(UnprocessableEntityError):
        await openai.audio.transcriptions.create(model="whisper-1", file=("call.wav", wav), **fields)


async def test_a_file_that_is_no_recording_is_refused(openai: AsyncOpenAI) -> None:
    with pytest.raises(APIStatusError) as refused:
        await openai.audio.transcriptions.create(model="whisper-1", file=("call.wav", b"no sound"))
    assert refused.value.code == "unsupported_media"


@pytest.mark.parametrize(
    ("scopes", "fields"),
    [(["upload"], {}), (["read"], {}), (["upload", "read"], {"keep": "false"})],
    ids=["no read", "no upload", "no delete"],
)
async def test_a_key_needs_the_scopes_for_all_that_it_asks(
    base_url: str,
    key_for: Any,
    ada: httpx.AsyncClient,
    wav: bytes,
    scopes: list[str],
    fields: dict[str, str],
) -> None:
    async with AsyncOpenAI(base_url=base_url, api_key=await key_for(*scopes)) as client:
        with pytest.raises(PermissionDeniedError) as refused:
            await client.audio.transcriptions.create(
                model="whisper-1", file=("call.wav", wav), extra_body=fields
            )
    assert refused.value.code == "scope_too_small"
    assert await meetings_of(ada) == []


async def test_a_transcript_that_takes_too_long_is_left_to_be_read_later_and_not_sent_again(
    app: FastAPI, openai: AsyncOpenAI, worker: Worker, ada: httpx.AsyncClient, wav: bytes
) -> None:
    worker.working.clear()
    app.state.gateway.settings.openai.max_wait_s = 0.1
    with pytest.raises(InternalServerError) as refused:
        await openai.audio.transcriptions.create(model="whisper-1", file=("call.wav", wav))
    (meeting,) = await meetings_of(ada)
    assert (refused.value.status_code, refused.value.code) == (504, "still_processing")
    assert meeting["id"] in refused.value.message
    assert refused.value.response.headers["X-Meeting-Id"] == meeting["id"]


async def test_a_stream_waits_as_long_as_it_takes(
    app: FastAPI, openai: AsyncOpenAI, worker: Worker, wav: bytes
) -> None:
    worker.working.clear()
    app.state.gateway.settings.openai.max_wait_s = 0.001
    stream = await openai.audio.transcriptions.create(model="whisper-1", file=("call.wav", wav), stream=True)
    worker.working.set()
    assert [event.type async for event in stream][-1] == "transcript.text.done"


async def test_a_recording_that_fails_is_told_once_and_kept(
    openai: AsyncOpenAI, worker: Worker, ada: httpx.AsyncClient, wav: bytes
) -> None:
    worker.fails = True
    with pytest.raises(InternalServerError) as refused:
        await openai.audio.transcriptions.create(model="whisper-1", file=("call.wav", wav))
    assert refused.value.code == "processing_failed"
    assert "The engine broke." in refused.value.message
    assert [meeting["status"] for meeting in await meetings_of(ada)] == ["FAILED"]


async def test_a_stream_tells_a_failure_too(openai: AsyncOpenAI, worker: Worker, wav: bytes) -> None:
    worker.fails = True
    stream = await openai.audio.transcriptions.create(model="whisper-1", file=("call.wav", wav), stream=True)
    with pytest.raises(APIError, match=r"The engine broke\."):
        await anext(stream)


async def test_a_meeting_that_is_cancelled_is_told(
    openai: AsyncOpenAI, worker: Worker, ada: httpx.AsyncClient, wav: bytes, eventually: Eventually
) -> None:
    worker.working.clear()
    asking = asyncio.create_task(
        openai.audio.transcriptions.create(model="whisper-1", file=("call.wav", wav))
    )

    async def has_arrived() -> bool:
        return bool(await meetings_of(ada))

    await eventually(has_arrived)
    (meeting,) = await meetings_of(ada)
    assert (await ada.post(f"/meetings/{meeting['id']}/cancel")).is_success
    with pytest.raises(APIStatusError) as refused:
        await asking
    assert (refused.value.status_code, refused.value.code) == (409, "processing_cancelled")
    assert len(await meetings_of(ada)) == 1


async def test_a_client_that_goes_away_leaves_its_meeting(
    openai: AsyncOpenAI, worker: Worker, ada: httpx.AsyncClient, wav: bytes, eventually: Eventually
) -> None:
    worker.working.clear()
    impatient = openai.with_options(max_retries=0)
    asking = asyncio.create_task(
        impatient.audio.transcriptions.create(model="whisper-1", file=("call.wav", wav))
    )

    async def has_arrived() -> bool:
        return bool(await meetings_of(ada))

    await eventually(has_arrived)
    asking.cancel()
    with pytest.raises((asyncio.CancelledError, APIConnectionError)):
        await asking

    async def hung_up() -> bool:
        return 'status="499"' in (await ada.get("/metrics")).text

    await eventually(hung_up)
    worker.working.set()

    async def is_done() -> bool:
        return [meeting["status"] for meeting in await meetings_of(ada)] == ["COMPLETED"]

    await eventually(is_done)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nothing", 404, "not_found"),
        ("DELETE", "/v1/models", 405, "method_not_allowed"),
        ("GET", "/v1/models", 401, "invalid_api_key"),
        ("POST", "/v1/audio/transcriptions", 401, "invalid_api_key"),
    ],
)
async def test_every_error_has_the_shape_that_openais_clients_read(
    app: FastAPI, method: str, path: str, status: int, code: str
) -> None:
    page = {"Sec-Fetch-Site": "same-origin"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://scribe") as client:
        response = await client.request(method, path, headers=page)
    assert response.status_code == status
    error = response.json()["error"]
    assert error.keys() == {"message", "type", "param", "code", "detail"}
    assert (error["code"], error["type"]) == (code, "invalid_request_error")
    assert error["detail"]["correlation_id"] == response.headers["X-Request-ID"]


async def test_errors_elsewhere_keep_their_own_shape(client: httpx.AsyncClient) -> None:
    assert (await client.get("/meetings")).json()["error"]["code"] == "NOT_AUTHENTICATED"
