import pytest

from scribe.transcript.document import Segment
from scribe_worker.engines.base import Doubt, DoubtKind
from scribe_worker.pipeline.flags import flag_segments

SEGMENTS = (
    Segment(id=1, start=0, end=4, text="Good morning."),
    Segment(id=2, start=6, end=9, text="Thanks for watching."),
)


def doubt(start: float, end: float, kind: DoubtKind) -> Doubt:
    return Doubt(start=start, end=end, kind=kind)


def test_a_doubt_flags_the_segments_that_it_touches_and_no_others() -> None:
    flagged = flag_segments(SEGMENTS, [doubt(6.5, 8, "known_hallucination"), doubt(8, 9, "low_confidence")])

    assert [segment.flags for segment in flagged] == [(), ("known_hallucination", "low_confidence")]


def test_a_doubt_that_only_touches_the_edge_flags_nothing() -> None:
    flagged = flag_segments(SEGMENTS, [doubt(4, 6, "over_silence")])

    assert [segment.flags for segment in flagged] == [(), ()]


@pytest.mark.parametrize("kind", ["not_transcribed", "failed"])
def test_speech_without_words_becomes_a_segment_without_text(kind: DoubtKind) -> None:
    flagged = flag_segments(SEGMENTS, [doubt(4.2, 5.8, kind)])

    assert [(segment.id, segment.start, segment.text, segment.flags) for segment in flagged] == [
        (1, 0, "Good morning.", ()),
        (2, 4.2, "", (kind,)),
        (3, 6, "Thanks for watching.", ()),
    ]
