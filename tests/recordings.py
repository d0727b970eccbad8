"""Recordings for tests that need some sound and do not care which, and what the product hears of one."""

import io
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scribe.media.decoding import AudioReader

RATE = 16_000


def tone(seconds: float) -> bytes:
    """A WAV file, 16 kHz mono."""
    samples = (np.sin(np.arange(int(seconds * RATE)) * 0.2) * 8000).astype("<i2")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return buffer.getvalue()


def heard(audio: Path) -> npt.NDArray[np.float32]:
    """All samples of one of the product's own FLAC files, float32 [n], -1 to 1."""
    with AudioReader(audio) as reader:
        return reader.read(0, reader.duration + 1)
