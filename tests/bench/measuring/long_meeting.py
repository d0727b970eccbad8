"""A meeting of ten hours and 100,000 words in the store and the database, as if it had been transcribed."""

import asyncio
import io
import json
import uuid
from dataclasses import dataclass
from random import Random

import av
import numpy as np
from av.audio.frame import AudioFrame

from bench.measuring.account import BenchAccount
from scribe.db import Database
from scribe.db.models import Meeting, MeetingStatus
from scribe.revisions.current import Origin, make_current
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys
from scribe.transcript.document import Engines, EngineUsed, Segment, Speaker, Transcript, Word, dumps

SEED = 1
SPEAKERS = 6
WORDS_A_SEGMENT = (3, 22)
UNSURE = 0.03
"""Share of the words that the engine is not sure of."""
RATE = 8_000
PEAKS = 36_000
ENGINE = EngineUsed(name="dummy", model="dummy", device="cpu", compute_type="int8")
TEXT = [
    "we",
    "should",
    "talk",
    "about",
    "the",
    "budget",
    "of",
    "the",
    "next",
    "quarter",
    "before",
    "everybody",
    "leaves",
    "because",
    "there",
    "are",
    "some",
    "questions",
    "left",
    "that",
    "nobody",
    "has",
    "answered",
    "yet",
    "and",
    "I",
    "would",
    "like",
    "to",
    "know",
    "what",
    "the",
    "customers",
    "think",
    "of",
    "it",
]


@dataclass(frozen=True)
class Size:
    """How much is said, and in how many seconds."""

    words: int
    seconds: float


async def seed_meeting(settings: Settings, account: BenchAccount, size: Size) -> uuid.UUID:
    """Put a completed meeting with its recording into the account's project; returns its id."""
    meeting_id = uuid.uuid4()
    transcript = made_up(meeting_id, size)
    source = keys.source(meeting_id, "bench.flac")
    async with ObjectStore.open(settings.s3) as store:
        silence = await asyncio.to_thread(silent_flac, size.seconds)
        await store.put_bytes(keys.playback(meeting_id), silence, content_type="audio/flac")
        await store.put_bytes(source, silence, content_type="audio/flac")
        await store.put_bytes(keys.peaks(meeting_id), peaks(size.seconds), content_type="application/json")
        await store.put_bytes(
            keys.transcript(meeting_id, transcript.revision),
            dumps(transcript),
            content_type="application/json",
        )
    database = Database(settings.database)
    try:
        async with database.transaction() as session:
            meeting = Meeting(
                id=meeting_id,
                project_id=account.project_id,
                created_by=account.user_id,
                title="Ten hours",
                status=MeetingStatus.COMPLETED,
                filename="bench.flac",
                source_key=source,
                content_type="audio/flac",
                size=len(silence),
                duration=size.seconds,
            )
            session.add(meeting)
            await session.flush()
            await make_current(session, meeting, transcript, Origin())
    finally:
        await database.close()
    return meeting_id


def made_up(meeting_id: uuid.UUID, size: Size) -> Transcript:
    """Segments of a few words each by one of six speakers, without a pause that is worth the name."""
    chance = Random(SEED)  # noqa: S311 - no secret
    step = size.seconds / size.words
    segments: list[Segment] = []
    said = 0
    while said < size.words:
        count = min(chance.randint(*WORDS_A_SEGMENT), size.words - said)
        speaker = f"s{chance.randrange(SPEAKERS)}"
        words = tuple(_word(chance, said + place, step, speaker) for place in range(count))
        segments.append(
            Segment(
                id=len(segments) + 1,
                start=words[0].start,
                end=words[-1].end,
                speaker=speaker,
                text=" ".join(word.text for word in words),
                words=words,
            )
        )
        said += count
    return Transcript(
        meeting_id=meeting_id,
        revision=1,
        language="en",
        duration=size.seconds,
        engines=Engines(transcriber=ENGINE, diariser=ENGINE),
        speakers=tuple(Speaker(id=f"s{number}", label=f"Speaker {number + 1}") for number in range(SPEAKERS)),
        segments=tuple(segments),
    )


def _word(chance: Random, place: int, step: float, speaker: str) -> Word:
    unsure = chance.random() < UNSURE
    start = place * step
    return Word(
        start=start,
        end=start + 0.8 * step,
        text=chance.choice(TEXT),
        confidence=0.3 if unsure else 0.95,
        speaker=speaker,
    )


def peaks(seconds: float) -> bytes:
    """A waveform as the conversion writes it."""
    chance = np.random.default_rng(SEED)
    heights = chance.integers(10, 220, PEAKS).tolist()
    waveform = {"version": 1, "duration": seconds, "per_second": PEAKS / seconds, "peaks": heights}
    return json.dumps(waveform, separators=(",", ":")).encode()


def silent_flac(seconds: float) -> bytes:
    """A recording in which nothing is heard, a few bytes a second."""
    written = io.BytesIO()
    with av.open(written, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono")
        block = np.zeros((1, RATE * 10), np.int16)
        for _ in range(int(seconds / 10)):
            frame = AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate = RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return written.getvalue()
