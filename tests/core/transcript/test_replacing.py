"""Find and replace: literal, from left to right, and in one speaker's words where that is asked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe.transcript import Segment, Speaker, Transcript, Word
from scribe.transcript.editing import Replacement, replace
from scribe.transcript.editing.errors import SpeakerNotFound
from scribe.transcript.editing.replacing import occurrences


def found(text: str, find: str, *, whole_words: bool = True, match_case: bool = False) -> list[str]:
    wanted = Replacement(find, "", whole_words, match_case)
    return [text[start:end] for start, end in occurrences(text, wanted)]


@pytest.mark.parametrize(
    ("text", "find", "hits"),
    [
        ("Ada and ADA and adam", "ada", ["Ada", "ADA"]),
        ("l'OPEP, l\u2019OPEP", "opep", ["OPEP", "OPEP"]),
        ("élève et eleve", "élève", ["élève"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("Straße STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("so so so", "so so", ["so so"]),
        ("C++ and C", "c++", ["C++"]),
        ("2 and 24", "2", ["2"]),
    ],
)
def test_whole_words_are_found_whatever_their_case(text: str, find: str, hits: list[str]) -> None:
    assert found(text, find) == hits


def test_parts_of_words_and_case_count_where_that_is_asked() -> None:
    assert found("Adam and adam", "ada", whole_words=False) == ["Ada", "ada"]
    assert found("Adam and adam", "ada", whole_words=False, match_case=True) == ["ada"]
    assert found("ß", "s", whole_words=False) == []


@given(text=st.text(alphabet="abß ", max_size=30), find=st.text(alphabet="abs ", min_size=1, max_size=3))
def test_what_is_found_is_what_was_looked_for(text: str, find: str) -> None:
    for hit in found(text, find, whole_words=False):
        assert hit.casefold() == find.casefold()


@pytest.fixture
def document(transcript: Any) -> Transcript:
    words = tuple(
        Word(start=place, end=place + 0.5, text=text, confidence=0.5, speaker="S1")
        for place, text in enumerate(["Well,", "graph", "anna", "works"])
    )
    made: Transcript = transcript(
        Segment(id=1, start=0, end=4, speaker="S1", text="Well, graph anna works", words=words),
        Segment(id=2, start=4, end=5, speaker="S2", text="Graph Anna? Graph anna!"),
        Segment(id=3, start=5, end=6, speaker="S2", text="graph anna"),
        speakers=(Speaker(id="S1", label="1"), Speaker(id="S2", label="2")),
    )
    return made


def test_the_words_around_keep_their_times(document: Transcript) -> None:
    after, hits = replace(document, Replacement("graph anna", "Grafana"), 0)
    assert [(hit.segment.id, hit.count) for hit in hits] == [(1, 1), (2, 2), (3, 1)]
    assert [segment.text for segment in after.segments] == [
        "Well, Grafana works",
        "Grafana? Grafana!",
        "Grafana",
    ]
    times = [(word.text, word.start, word.end) for word in after.segments[0].words]
    assert times == [("Well,", 0, 0.5), ("Grafana", 1, 2.5), ("works", 3, 3.5)]


def test_one_speaker_alone_can_be_meant(document: Transcript) -> None:
    after, hits = replace(document, Replacement("graph anna", "Grafana", speaker="S1"), 0)
    assert [hit.segment.id for hit in hits] == [1]
    assert after.segments[1:] == document.segments[1:]
    with pytest.raises(SpeakerNotFound):
        replace(document, Replacement("graph anna", "Grafana", speaker="S9"), 0)


def test_what_is_replaced_by_nothing_goes_with_its_segment(document: Transcript) -> None:
    after, _ = replace(document, Replacement("graph anna", ""), 0)
    assert [(segment.id, segment.text) for segment in after.segments] == [(1, "Well, works"), (2, "? !")]


def test_nothing_found_leaves_the_document_itself(document: Transcript) -> None:
    after, hits = replace(document, Replacement("Prometheus", "Grafana"), 0)
    assert after is document
    assert hits == ()
