"""The whole pipeline on real models, run by ``test_no_network.py`` where only loopback can be reached."""

import io
import wave
from typing import Any

import pytest

from scribe.db.models import MeetingStatus
from scribe.media.decoding import AudioReader
from scribe.media.info import SAMPLE_RATE
from scribe.models import ModelStore
from scribe.models.local import add
from scribe.settings import REPOSITORY

RECORDING = REPOSITORY / "tests" / "data" / "whisper-meeting.flac"
MODELS = REPOSITORY / "tests" / "fixtures" / "models"
SECONDS = 30.0
Bench = Any

pytestmark = pytest.mark.integration


def beginning(seconds: float) -> bytes:
    """The first seconds of the recording, as a WAV file."""
    with AudioReader(RECORDING) as audio:
        samples = audio.read(0, seconds)
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return written.getvalue()


async def test_a_meeting_is_transcribed_and_diarised_by_installed_models(bench: Bench) -> None:
    models = ModelStore(bench.settings.models_folder)
    for name in ("whisper-tiny", "pyannote-tiny"):
        add(models, MODELS / name)
    meeting_id = await bench.upload(
        beginning(SECONDS), transcriber="faster-whisper", diariser="pyannote", languages=["en", "fr"]
    )
    meeting = await bench.run(meeting_id)
    assert meeting.status == MeetingStatus.COMPLETED, meeting.error_message
    transcript = await bench.document(meeting_id)
    engines = transcript.engines
    assert (engines.transcriber.name, engines.transcriber.model) == ("faster-whisper", "whisper-tiny")
    assert (engines.diariser.name, engines.diariser.model) == ("pyannote", "pyannote-tiny")
    assert len(transcript.speakers) > 1
    assert sum(len(segment.words) for segment in transcript.segments) > 40
