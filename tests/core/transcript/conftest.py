"""Transcripts to render: one written by hand, and any that hypothesis can think of."""

import uuid
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from scribe.transcript.document import Engines, EngineUsed, Segment, Speaker, Transcript, Word

_ENGINE = EngineUsed(name="dummy", model="none", device="cpu", compute_type="float32")
_NASTY = [
    "-->",
    "<b>",
    "&amp;",
    "1",
    "*",
    "#",
    "- ",
    "NOTE",
    "\n\n",
    "\x00",
    "\u2028",
    "https://a.example/" + "x" * 90,
]
_TEXT = st.text(min_size=1, max_size=12) | st.sampled_from(_NASTY)
_NAMES = st.none() | _TEXT | st.sampled_from(["<v Eve>", "a > b", "x" * 200])


def transcript(*segments: Segment, speakers: tuple[Speaker, ...] = (), duration: float = 100) -> Transcript:
    return Transcript(
        meeting_id=uuid.UUID(int=1),
        revision=1,
        language="en",
        duration=duration,
        engines=Engines(transcriber=_ENGINE, diariser=_ENGINE),
        speakers=speakers,
        segments=segments,
    )


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    speakers = tuple(
        Speaker(id=f"S{number}", label=f"Speaker {number}", name=draw(_NAMES))
        for number in range(draw(st.integers(0, 3)))
    )
    segments, clock = [], 0.0
    for number in range(draw(st.integers(0, 6))):
        clock += draw(st.floats(0, 3))
        words, end = [], clock
        for text in draw(st.lists(_TEXT, max_size=25)):
            start = end + draw(st.sampled_from([0, 0, 0.05, 0.4, 2]))
            end = start + draw(st.sampled_from([0, 0.1, 0.3, 0.9, 12]))
            words.append(Word(start=start, end=end, text=text, confidence=0.5))
        edited = draw(st.booleans())
        text = " ".join(draw(st.lists(_TEXT, max_size=25)) if edited else [word.text for word in words])
        speaker = draw(st.sampled_from([None, *(speaker.id for speaker in speakers)]))
        segments.append(
            Segment(id=number + 1, start=clock, end=end, speaker=speaker, text=text, words=tuple(words))
        )
    return transcript(*segments, speakers=speakers, duration=draw(st.floats(0, 200)))


settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")
st.register_type_strategy(Transcript, transcripts())


@pytest.fixture(name="transcript")
def _transcript() -> Callable[..., Transcript]:
    return transcript


@pytest.fixture
def meeting() -> Transcript:
    """Two people, one of them named; the second has corrected what the engine heard."""
    said = ["Good", "morning,", "everyone.", "Shall", "we", "start?"]
    words = tuple(
        Word(start=1 + 0.5 * index, end=1.4 + 0.5 * index, text=text, confidence=0.9, speaker="S1")
        for index, text in enumerate(said)
    )
    return transcript(
        Segment(id=1, start=1, end=3.9, speaker="S1", text=" ".join(said), words=words),
        Segment(id=2, start=5, end=7, speaker="S2", text="Yes, *please* do."),
        speakers=(Speaker(id="S1", label="Speaker 1", name="Anna"), Speaker(id="S2", label="Speaker 2")),
    )
