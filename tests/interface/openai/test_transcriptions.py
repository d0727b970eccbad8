"""The official client of OpenAI against this server: every format that it knows."""

import math
from typing import Any

import httpx
import pytest
from openai import APIStatusError, AsyncOpenAI, AuthenticationError, NotFoundError

from scribe.storage import StorageUnavailable
from scribe_api.openai import service, waiting

pytestmark = pytest.mark.integration

Worker = Any
TEXT = "Hello. Good morning!"
RECORDING = "call.wav"


async def meetings_of(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get("/meetings")).json()["items"]
    return found


async def test_the_text_comes_back_and_the_recording_is_a_meeting_of_the_keys_project(
    openai: AsyncOpenAI, ada: httpx.AsyncClient, wav: bytes
) -> None:
    answer = await openai.audio.transcriptions.with_raw_response.create(
        model="whisper-1", file=(RECORDING, wav)
    )
    transcription = answer.parse()
    assert transcription.text == TEXT
    assert transcription.usage is not None
    assert transcription.usage.to_dict() == {"type": "duration", "seconds": 2}
    (meeting,) = await meetings_of(ada)
    assert (meeting["filename"], meeting["status"]) == (RECORDING, "COMPLETED")
    assert answer.headers["X-Meeting-Id"] == meeting["id"]


async def test_text_is_the_text_alone(openai: AsyncOpenAI, wav: bytes) -> None:
    text = await openai.audio.transcriptions.create(
        model="whisper-1", file=(RECORDING, wav), response_format="text"
    )
    assert text == f"{TEXT}\n"


async def test_subtitles_have_times_and_no_speakers(openai: AsyncOpenAI, wav: bytes) -> None:
    srt = await openai.audio.transcriptions.create(
        model="whisper-1", file=(RECORDING, wav), response_format="srt"
    )
    assert srt.startswith("1\n00:00:00,000 --> ")
    assert "Ada" not in srt
    vtt = await openai.audio.transcriptions.create(
        model="whisper-1", file=(RECORDING, wav), response_format="vtt"
    )
    assert vtt.startswith("WEBVTT\n\n00:00:00.000 --> ")
    assert "<v " not in vtt


async def test_verbose_json_has_segments_with_the_figures_of_whisper(openai: AsyncOpenAI, wav: bytes) -> None:
    transcription = await openai.audio.transcriptions.create(
        model="whisper-1", file=(RECORDING, wav), response_format="verbose_json"
    )
    assert (transcription.language, transcription.duration, transcription.text) == ("english", 1.5, TEXT)
    assert transcription.words is None
    assert transcription.segments is not None
    first, second = transcription.segments
    assert (first.id, first.start, first.end, first.text, first.avg_logprob) == (0, 0.0, 0.5, "Hello.", 0.0)
    assert (second.id, second.seek, second.tokens) == (1, 60, [])
    assert second.avg_logprob == pytest.approx((math.log(0.5) + math.log(1e-4)) / 2, abs=1e-4)
    assert 0 < second.compression_ratio < 1


async def test_verbose_json_has_the_times_of_words_where_they_are_asked_for(
    openai: AsyncOpenAI, wav: bytes
) -> None:
    words_only = await openai.audio.transcriptions.create(
        model="whisper-1",
        file=(RECORDING, wav),
        response_format="verbose_json",
        timestamp_granularities=["word"],
    )
    assert words_only.segments is None
    assert words_only.words is not None
    assert [(word.word, word.start, word.end) for word in words_only.words] == [
        ("Hello.", 0.0, 0.5),
        ("Good", 0.6, 0.9),
        ("morning!", 1.0, 1.4),
    ]
    both = await openai.audio.transcriptions.create(
        model="whisper-1",
        file=(RECORDING, wav),
        response_format="verbose_json",
        timestamp_granularities=["word", "segment"],
    )
    assert (len(both.words or []), len(both.segments or [])) == (3, 2)


async def test_diarized_json_says_who_said_what(openai: AsyncOpenAI, wav: bytes) -> None:
    transcription = await openai.audio.transcriptions.create(
        model="gpt-4o-transcribe-diarize",
        file=(RECORDING, wav),
        response_format="diarized_json",
        chunking_strategy="auto",
    )
    assert [(segment.id, segment.speaker, segment.text) for segment in transcription.segments] == [
        ("seg_1", "Ada", "Hello."),
        ("seg_2", "Speaker 2", "Good morning!"),
    ]


async def test_a_stream_tells_the_text_piece_by_piece_and_at_last_as_a_whole(
    openai: AsyncOpenAI, wav: bytes
) -> None:
    stream = await openai.audio.transcriptions.create(
        model="gpt-4o-transcribe", file=(RECORDING, wav), stream=True
    )
    events = [event async for event in stream]
    assert [event.type for event in events] == [
        "transcript.text.delta",
        "transcript.text.delta",
        "transcript.text.done",
    ]
    assert "".join(event.delta for event in events if event.type == "transcript.text.delta") == TEXT
    assert events[-1].type == "transcript.text.done"
    assert events[-1].text == TEXT


async def test_a_stream_tells_who_speaks(openai: AsyncOpenAI, wav: bytes) -> None:
    stream = await openai.audio.transcriptions.create(
        model="gpt-4o-transcribe-diarize",
        file=(RECORDING, wav),
        response_format="diarized_json",
        stream=True,
    )
    told = [event.speaker async for event in stream if event.type == "transcript.text.segment"]
    assert told == ["Ada", "Speaker 2"]


@pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning")
async def test_a_translation_is_asked_of_the_engine_and_is_english(
    openai: AsyncOpenAI, worker: Worker, wav: bytes
) -> None:
    translation = await openai.audio.translations.create(
        model="whisper-1", file=(RECORDING, wav), response_format="verbose_json"
    )
    assert (translation.language, translation.text) == ("english", TEXT)
    assert worker.wishes["task"] == "translate"


async def test_what_is_asked_for_reaches_the_engine(openai: AsyncOpenAI, worker: Worker, wav: bytes) -> None:
    await openai.audio.transcriptions.create(
        model="whisper-1",
        file=(RECORDING, wav),
        language="fr",
        prompt="Grafana, Véronique Müller. ZyntriQix",
        temperature=0.4,
        extra_body={"keywords": ["Kubernetes"], "title": "Weekly"},
    )
    assert worker.wishes["language"] == "fr"
    assert worker.wishes["vocabulary"] == ["Kubernetes", "Grafana", "Véronique Müller", "ZyntriQix"]
    assert worker.wishes["faster-whisper"] == {"temperature": 0.4}


async def test_a_recording_that_is_not_to_be_kept_is_gone_after_the_answer(
    base_url: str, key_for: Any, worker: Worker, ada: httpx.AsyncClient, wav: bytes, eventually: Any
) -> None:
    assert worker.working.is_set()
    async with AsyncOpenAI(base_url=base_url, api_key=await key_for("upload", "read", "delete")) as client:
        transcription = await client.audio.transcriptions.create(
            model="whisper-1", file=(RECORDING, wav), extra_body={"keep": "false"}
        )
        assert transcription.text == TEXT
        stream = await client.audio.transcriptions.create(
            model="gpt-4o-transcribe", file=(RECORDING, wav), stream=True, extra_body={"keep": "false"}
        )
        assert [event async for event in stream][-1].type == "transcript.text.done"

    async def is_gone() -> bool:
        return await meetings_of(ada) == []

    await eventually(is_gone)


@pytest.mark.parametrize("fails", [True, False], ids=["the work fails", "the answer fails"])
async def test_a_recording_that_is_not_to_be_kept_stays_a_day_when_it_was_not_answered(
    base_url: str,
    key_for: Any,
    worker: Worker,
    ada: httpx.AsyncClient,
    wav: bytes,
    monkeypatch: pytest.MonkeyPatch,
    fails: bool,
) -> None:
    def cut(*_: object) -> None:
        raise StorageUnavailable(reason="the connection is gone")

    worker.fails = fails
    monkeypatch.setattr(service, "answer", cut)
    key = await key_for("upload", "read", "delete")
    async with AsyncOpenAI(base_url=base_url, api_key=key, max_retries=0) as client:
        with pytest.raises(APIStatusError):
            await client.audio.transcriptions.create(
                model="whisper-1", file=(RECORDING, wav), extra_body={"keep": "false"}
            )
    (meeting,) = await meetings_of(ada)
    assert meeting["retention_days"] == 1


async def test_models_are_listed_and_read_and_unknown_ones_refused(openai: AsyncOpenAI) -> None:
    names = [model.id async for model in openai.models.list()]
    assert "whisper-1" in names
    assert (await openai.models.retrieve("whisper-1")).owned_by == "smart-meeting-scribe"
    with pytest.raises(NotFoundError) as refused:
        await openai.models.retrieve("gpt-5")
    assert refused.value.code == "model_not_found"


async def test_a_transcript_is_found_although_no_event_told_of_it(
    openai: AsyncOpenAI, worker: Worker, wav: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "POLL_S", 0.05)

    async def hear_nothing(*_: object) -> None:
        return

    monkeypatch.setattr(waiting, "_watch", hear_nothing)
    assert worker.working.is_set()
    transcription = await openai.audio.transcriptions.create(model="whisper-1", file=(RECORDING, wav))
    assert transcription.text == TEXT


async def test_a_person_who_is_signed_in_may_do_the_same(
    base_url: str, worker: Worker, ada: httpx.AsyncClient, wav: bytes
) -> None:
    assert worker.working.is_set()
    token = ada.headers["Authorization"].removeprefix("Bearer ")
    async with AsyncOpenAI(base_url=base_url, api_key=token) as client:
        transcription = await client.audio.transcriptions.create(model="whisper-1", file=(RECORDING, wav))
        assert transcription.text == TEXT
    async with AsyncOpenAI(base_url=base_url, api_key="sms_nonsense") as nobody:
        with pytest.raises(AuthenticationError) as refused:
            await nobody.models.list()
    assert refused.value.code == "invalid_api_key"
