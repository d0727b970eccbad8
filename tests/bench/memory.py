"""Whether memory grows with the recording: one hour and three hours through real engines.

The recordings are the small models' meeting, over and over, written down by faster-whisper and told apart
by GE2E (pyannote takes a good half hour for this on two cores; what it needs does not grow beyond its
chunks of an hour). ``worker`` is the most memory of the worker's own process, ``diariser`` and
``transcriber`` the most of their processes, in MiB. ``growth`` is the largest share by which any of them
needs more for three hours.
"""

import asyncio
import re
import tempfile
import time
from pathlib import Path

import av
import numpy as np

from bench.measuring.jobs import until_done
from bench.measuring.own_worker import OwnQueue, own_queue, own_worker
from scribe.db.models import Meeting
from scribe.media.decoding import AudioReader
from scribe.media.info import SAMPLE_RATE
from scribe.revisions.lookup import document_key
from scribe.settings import REPOSITORY, Settings, get_settings
from scribe.transcript.document import Transcript, loads

HOURS = (1, 3)
GOAL_GROWTH = 0.2
PATIENCE_S = 7200
SAMPLE = REPOSITORY / "tests/data/whisper-meeting.flac"
MODEL = REPOSITORY / "tests/fixtures/models/whisper-tiny"
WISHES = {"transcriber": "faster-whisper", "diariser": "ge2e"}


def bench() -> dict[str, float]:
    """The figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(measure(get_settings(), Path(folder)))


def ok(figures: dict[str, float]) -> bool:
    """Three hours need hardly more than one."""
    return figures["growth"] < GOAL_GROWTH


async def measure(settings: Settings, folder: Path) -> dict[str, float]:
    async with own_queue(settings) as queue:
        peaks = {hours: await peaks_of(queue, folder, hours) for hours in HOURS}
    short, long = (peaks[hours] for hours in HOURS)
    return {
        **{f"{name}_{hours}h_mib": peaks[hours][name] for hours in HOURS for name in peaks[hours]},
        "growth": max(long[name] / short[name] - 1 for name in ("worker", "diariser", "transcriber")),
    }


async def peaks_of(queue: OwnQueue, folder: Path, hours: int) -> dict[str, float]:
    """The most memory of each process, by a worker that did nothing before, and the minutes it took."""
    recording = make_recording(folder / f"{hours}h.flac", hours)
    meeting = await queue.put(recording.read_bytes(), recording.name, WISHES)
    with own_worker(queue.settings, folder, SCRIBE_ENGINES__TRANSCRIBER_MODEL=str(MODEL)) as worker:
        await queue.enqueue([meeting])
        began = time.monotonic()
        await until_done(queue, [meeting], PATIENCE_S)
        minutes = (time.monotonic() - began) / 60
        most = peak_memory_mib(worker.pid)
    engines = (await transcript(queue, meeting)).engines
    await queue.forget([meeting])
    return {
        "worker": most,
        "diariser": engines.diariser.peak_memory_mib or 0.0,
        "transcriber": engines.transcriber.peak_memory_mib or 0.0,
        "minutes": minutes,
    }


def make_recording(path: Path, hours: int) -> Path:
    """The meeting, over and over, a minute at a time."""
    with AudioReader(SAMPLE) as audio:
        once = (audio.read(0, audio.duration) * np.iinfo(np.int16).max).astype(np.int16)
    left = hours * 3600 * SAMPLE_RATE
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=SAMPLE_RATE, layout="mono")
        while left > 0:
            part = once[: min(left, once.size)]
            frame = av.AudioFrame.from_ndarray(part[None], format="s16", layout="mono")
            frame.sample_rate = SAMPLE_RATE
            container.mux(stream.encode(frame))
            left -= part.size
        container.mux(stream.encode(None))
    return path


async def transcript(queue: OwnQueue, meeting: Meeting) -> Transcript:
    async with queue.database.transaction() as session:
        key = await document_key(session, meeting.id, 1)
    return loads(await queue.store.get_bytes(key))


def peak_memory_mib(pid: int) -> float:
    """The most memory that was resident at once, as the kernel counts it."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    if found is None:
        raise RuntimeError("this kernel does not tell the peak of a process's memory")
    return int(found[1]) / 1024
