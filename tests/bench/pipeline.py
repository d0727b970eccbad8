"""What the product costs beyond its engines: ten minutes through everything, against the bare engines.

The product's time is that from the queueing of the job to the finished transcript, in a worker of its own
with the small real models of the tests: conversion, playback rendition, storage, both engines, fusion,
publication. The peer calls the same engines on the same audio, each in a process of its own, and does
nothing else. Both run twice, in turns; the better time of each counts, since a busy machine only ever adds.
``overhead`` is the share that the product adds.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

import numpy as np

from bench.measuring.jobs import until_done
from bench.measuring.own_worker import OwnQueue, own_queue, own_worker
from scribe.media.decoding import AudioReader
from scribe.media.info import SAMPLE_RATE
from scribe.settings import REPOSITORY, Settings, get_settings
from scribe.storage import keys

SECONDS = 600
ROUNDS = 2
GOAL_OVERHEAD = 0.05
SAMPLE = REPOSITORY / "tests/data/whisper-meeting.flac"
MODELS = REPOSITORY / "tests/fixtures/models"
DIARISER, TRANSCRIBER = MODELS / "pyannote-tiny", MODELS / "whisper-tiny"
PEER = Path(__file__).parent / "peers" / "bare_engines.py"
WISHES = {"transcriber": "faster-whisper", "diariser": "pyannote"}
STAGES = ("convert", "diarise", "diarise_load", "transcribe", "transcribe_load", "fuse")


def bench() -> dict[str, float]:
    """The figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(measure(get_settings(), Path(folder)))


def ok(figures: dict[str, float]) -> bool:
    """The product adds little."""
    return figures["overhead"] <= GOAL_OVERHEAD


async def measure(settings: Settings, folder: Path) -> dict[str, float]:
    recording = make_recording(folder / "ten-minutes.wav")
    bare, whole, stages = [], [], dict[str, float]()
    async with own_queue(settings) as queue:
        changed = {
            "SCRIBE_ENGINES__TRANSCRIBER_MODEL": str(TRANSCRIBER),
            "SCRIBE_ENGINES__DIARISER_MODEL": str(DIARISER),
            "SCRIBE_ENGINES__IDLE_TIMEOUT_S": "0.1",
        }
        with own_worker(queue.settings, folder, **changed):
            audio = await converted(queue, recording, folder)
            for _ in range(ROUNDS):
                bare.append(bare_seconds(audio))
                seconds, stages = await product_seconds(queue, recording)
                whole.append(seconds)
    return {
        "overhead": min(whole) / min(bare) - 1,
        "product_seconds": min(whole),
        "bare_seconds": min(bare),
        "realtime_factor": min(whole) / SECONDS,
        **{f"{stage}_seconds": stages.get(stage, 0.0) for stage in STAGES},
    }


def make_recording(path: Path) -> Path:
    """The small models' meeting, over and over, as a WAV file of ten minutes."""
    with AudioReader(SAMPLE) as audio:
        once = audio.read(0, audio.duration)
    samples = np.resize((once * np.iinfo(np.int16).max).astype("<i2"), SECONDS * SAMPLE_RATE)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.tobytes())
    return path


async def converted(queue: OwnQueue, recording: Path, folder: Path) -> Path:
    """What the engines hear of the recording, made by a first run that also warms the machine's caches."""
    meeting = await queue.put(recording.read_bytes(), recording.name, WISHES)
    await queue.enqueue([meeting])
    await until_done(queue, [meeting])
    target = folder / "audio.flac"
    await queue.store.download(keys.audio(meeting.id), target)
    await queue.forget([meeting])
    return target


def bare_seconds(audio: Path) -> float:
    began = time.monotonic()
    command = [sys.executable, str(PEER), str(audio), str(DIARISER), str(TRANSCRIBER)]
    environment = {**os.environ, "PYANNOTE_METRICS_ENABLED": "0", "PYTHONWARNINGS": "ignore"}
    subprocess.run(command, env=environment, check=True, stdout=sys.stderr)
    return time.monotonic() - began


async def product_seconds(queue: OwnQueue, recording: Path) -> tuple[float, dict[str, float]]:
    """From the queueing to the transcript, and the stages' own record."""
    meeting = await queue.put(recording.read_bytes(), recording.name, WISHES)
    began = time.monotonic()
    await queue.enqueue([meeting])
    (job,) = await until_done(queue, [meeting])
    seconds = time.monotonic() - began
    await queue.forget([meeting])
    return seconds, job.timings
