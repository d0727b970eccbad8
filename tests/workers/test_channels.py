"""A recording with a channel for everybody, through the whole pipeline."""

import io
import wave
from typing import Any

import numpy as np
import pytest

from recordings import tone
from scribe.db.models import MeetingStatus
from scribe.storage import keys

pytestmark = pytest.mark.integration
Bench = Any


def stereo(seconds: int) -> bytes:
    """Two different tones, one a channel."""
    time = np.arange(seconds * 16_000) / 16_000
    pair = np.stack([np.sin(2 * np.pi * pitch * time) * 8000 for pitch in (220, 330)], axis=1)
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(pair.astype("<i2").tobytes())
    return buffer.getvalue()


async def test_every_channel_is_kept_for_the_diariser_and_heard_by_the_transcriber(bench: Bench) -> None:
    meeting_id = await bench.upload(stereo(6), diariser="channels")

    meeting = await bench.run(meeting_id)

    assert (meeting.status, meeting.channels) == (MeetingStatus.COMPLETED, 2)
    assert await bench.store.exists(keys.channels(meeting_id))
    delivered = await bench.document(meeting_id)
    assert delivered.engines.diariser.name == "channels"
    assert delivered.timings["split"] > 0
    assert "NO_SPEECH" in {notice.code for notice in delivered.warnings}


async def test_a_recording_with_one_channel_is_delivered_with_one_speaker_and_the_reason(
    bench: Bench,
) -> None:
    meeting = await bench.run(await bench.upload(tone(5), diariser="channels"))

    assert meeting.status == MeetingStatus.COMPLETED
    reasons = [notice["message"] for notice in meeting.warnings if notice["code"] == "DIARISATION_FAILED"]
    assert len(reasons) == 1
    assert "single channel" in reasons[0]
