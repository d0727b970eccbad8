"""Recordings for tests that need some sound and do not care which."""

import io
import wave

import numpy as np

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
