"""Every operation leaves a valid document, and everything that it does not name as it was."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from scribe.transcript import Segment, Speaker, Transcript, Word, dumps, loads
from scribe.transcript.editing import Operation, apply, changes
from scribe.transcript.editing.errors import EditRefused
from scribe.transcript.editing.operations import LONGEST_TEXT
from scribe.transcript.editing.words import realigned
from scribe.transcript.wording import one_line, tokens_of

OPERATIONS = TypeAdapter(list[Operation])

_NUMBERS = st.integers(1, 8)
_SPEAKERS = st.sampled_from(["S0", "S1", "S2", "new"])
_TEXTS = st.lists(st.sampled_from(["a", "b", "A,", "c d", "\u2028", ""]) | st.text(max_size=5), max_size=12)
_SHAPES = st.one_of(
    st.fixed_dictionaries({"op": st.just("edit_text"), "segment": _NUMBERS, "text": _TEXTS.map(" ".join)}),
    st.fixed_dictionaries({"op": st.just("split_segment"), "segment": _NUMBERS, "at": st.integers(1, 9)}),
    st.fixed_dictionaries({"op": st.just("merge_segments"), "segment": _NUMBERS, "next": _NUMBERS}),
    st.fixed_dictionaries({"op": st.just("delete_segment"), "segment": _NUMBERS}),
    st.fixed_dictionaries(
        {"op": st.just("set_speaker"), "segment": _NUMBERS, "speaker": st.none() | _SPEAKERS}
    ),
    st.fixed_dictionaries(
        {"op": st.just("rename_speaker"), "speaker": _SPEAKERS, "name": st.sampled_from([None, "Ada"])}
    ),
    st.fixed_dictionaries({"op": st.just("merge_speakers"), "speaker": _SPEAKERS, "into": _SPEAKERS}),
    st.fixed_dictionaries({"op": st.just("add_speaker"), "speaker": _SPEAKERS, "name": st.just("Eve")}),
    st.fixed_dictionaries(
        {"op": st.just("set_flags"), "segment": _NUMBERS, "flags": st.just(["uncertain", "uncertain"])}
    ),
    st.fixed_dictionaries({"op": st.just("review"), "segment": _NUMBERS, "reviewed": st.booleans()}),
)


def edit(document: Transcript, *operations: dict[str, Any], last_id: int = 0) -> Transcript:
    return apply(document, OPERATIONS.validate_python(list(operations)), last_id)


def attempt(document: Transcript, operation: dict[str, Any], last_id: int = 0) -> Transcript:
    try:
        return edit(document, operation, last_id=last_id)
    except EditRefused:
        return document


@given(document=..., operations=st.lists(_SHAPES, max_size=8))
def test_whatever_is_done_the_document_stays_valid(
    document: Transcript, operations: list[dict[str, Any]]
) -> None:
    for operation in operations:
        document = attempt(document, operation)
    assert loads(dumps(document)) == document


@given(document=..., operation=_SHAPES)
def test_what_an_operation_does_not_name_stays_equal(document: Transcript, operation: dict[str, Any]) -> None:
    after = attempt(document, operation)
    named = {operation.get("segment"), operation.get("next")}
    speakers = {operation.get("speaker")} if operation["op"] == "merge_speakers" else set()
    untouched = [
        segment
        for segment in document.segments
        if segment.id not in named
        and speakers.isdisjoint({segment.speaker, *(word.speaker for word in segment.words)})
    ]
    kept = [segment for segment in after.segments if segment in untouched]
    assert kept == untouched
    new = {segment.id for segment in after.segments} - {segment.id for segment in document.segments}
    assert len(new) <= 1
    assert operation["op"] == "split_segment" or not new


@given(document=..., words=_TEXTS, place=st.integers(0, 5))
def test_edited_text_is_read_from_its_words_in_the_order_of_time(
    document: Transcript, words: list[str], place: int
) -> None:
    if place >= len(document.segments):
        return
    before = document.segments[place]
    text = " ".join([*words, *tokens_of(before.text)])
    after = edit(document, {"op": "edit_text", "segment": before.id, "text": text}).segments
    part = next((segment for segment in after if segment.id == before.id), None)
    if part is None:
        assert one_line(text) == ""
        return
    assert part.text == one_line(text)
    assert (part.start, part.end) == (before.start, before.end)
    assert all(one.start <= two.start for one, two in itertools.pairwise(part.words))
    if before.words and any(tokens_of(word.text) for word in before.words):
        assert [word.text for word in part.words] == tokens_of(text)


@given(
    said=st.lists(st.sampled_from(["a", "b", "A,", "c"]), min_size=1, max_size=10),
    places=st.lists(st.integers(0, 10), max_size=4),
)
def test_words_that_stay_keep_time_and_confidence(said: list[str], places: list[int]) -> None:
    words = tuple(
        Word(start=place, end=place + 1.2, text=text, confidence=0.5) for place, text in enumerate(said)
    )
    segment = Segment(id=1, start=0, end=20, text=" ".join(said), words=words)
    written = list(said)
    for place in places:
        written.insert(place, "new")
    after = realigned(segment, " ".join(written))
    assert [word.text for word in after] == written
    assert tuple(word for word in after if word.text != "new") == words
    assert all(one.start <= two.start for one, two in itertools.pairwise(after))


@given(document=..., number=_NUMBERS, at=st.integers(1, 9))
def test_what_was_split_can_be_merged_again(document: Transcript, number: int, at: int) -> None:
    halves = attempt(document, {"op": "split_segment", "segment": number, "at": at})
    if halves is document:
        return
    second = max(segment.id for segment in halves.segments)
    order = [segment.id for segment in halves.segments]
    if order[order.index(number) + 1] != second:
        return  # somebody else begins to speak between the two
    whole = edit(halves, {"op": "merge_segments", "segment": number, "next": second})
    [before] = [segment for segment in document.segments if segment.id == number]
    [after] = [segment for segment in whole.segments if segment.id == number]
    assert (after.start, after.end, after.text) == (before.start, before.end, one_line(before.text))
    if [word.text for word in before.words] == tokens_of(before.text):
        assert after.words == before.words


@given(document=..., operations=st.lists(_SHAPES, max_size=6))
def test_a_client_can_follow_by_the_changes_alone(
    document: Transcript, operations: list[dict[str, Any]]
) -> None:
    after = document
    for operation in operations:
        after = attempt(after, operation)
    told = changes(document, after)
    gone = {*told.deleted, *(placed.segment.id for placed in told.segments)}
    followed = [segment for segment in document.segments if segment.id not in gone]
    for placed in told.segments:
        followed.insert(placed.position, placed.segment)
    assert (tuple(followed), told.speakers) == (after.segments, after.speakers)


WORDS = tuple(
    Word(start=start, end=start + 0.4, text=text, confidence=0.5, speaker="S1")
    for start, text in [(1, "we"), (2, "meat"), (3, "on"), (4, "Monday")]
)


@pytest.fixture
def document(transcript: Any) -> Transcript:
    spoken = Segment(id=1, start=1, end=6, speaker="S1", text="we meat on Monday", words=WORDS)
    wordless = Segment(id=2, start=6, end=8, text="", flags=("failed",))
    speakers = (Speaker(id="S1", label="Speaker 1"), Speaker(id="S2", label="Speaker 2"))
    made: Transcript = transcript(spoken, wordless, speakers=speakers)
    return made


def words_of(document: Transcript) -> list[tuple[str, float, float, float]]:
    return [(word.text, word.start, word.end, word.confidence) for word in document.segments[0].words]


def test_a_corrected_word_has_the_time_of_the_one_that_was_heard(document: Transcript) -> None:
    after = edit(document, {"op": "edit_text", "segment": 1, "text": "we meet on Monday"})
    assert words_of(after)[1] == ("meet", 2, 2.4, 1)
    assert after.segments[0].words[0] is document.segments[0].words[0]


def test_case_and_punctuation_keep_the_time_to_the_millisecond(document: Transcript) -> None:
    after = edit(document, {"op": "edit_text", "segment": 1, "text": "We meat on Monday."})
    assert words_of(after) == [
        ("We", 1, 1.4, 1),
        ("meat", 2, 2.4, 0.5),
        ("on", 3, 3.4, 0.5),
        ("Monday.", 4, 4.4, 1),
    ]


def test_words_in_place_of_others_share_their_time_by_letters(document: Transcript) -> None:
    after = edit(document, {"op": "edit_text", "segment": 1, "text": "we see you, Grafana on Monday"})
    assert words_of(after)[1:4] == [
        ("see", 2, 2.086, 1),
        ("you,", 2.086, 2.2, 1),
        ("Grafana", 2.2, 2.4, 1),
    ]


def test_added_words_have_the_pause_they_are_put_into(document: Transcript) -> None:
    after = edit(document, {"op": "edit_text", "segment": 1, "text": "we meat on Monday at six"})
    assert words_of(after)[4:] == [("at", 4.4, 5.04, 1), ("six", 5.04, 6, 1)]


def test_text_for_what_could_not_be_heard_gets_no_times_of_our_own_making(document: Transcript) -> None:
    after = edit(document, {"op": "edit_text", "segment": 2, "text": "could not be heard"})
    assert (after.segments[1].words, after.segments[1].text) == ((), "could not be heard")


def test_a_speaker_who_is_two_becomes_one_everywhere(document: Transcript) -> None:
    after = edit(document, {"op": "merge_speakers", "speaker": "S1", "into": "S2"})
    assert [speaker.id for speaker in after.speakers] == ["S2"]
    assert {after.segments[0].speaker, *(word.speaker for word in after.segments[0].words)} == {"S2"}


def test_a_review_takes_the_doubts_away_and_back_it_leaves_them(document: Transcript) -> None:
    reviewed = edit(document, {"op": "review", "segment": 2})
    assert reviewed.segments[1].flags == ("reviewed",)
    taken_back = edit(reviewed, {"op": "review", "segment": 2, "reviewed": False})
    assert taken_back.segments[1].flags == ()


def test_new_segments_count_on_from_the_highest_number_ever(document: Transcript) -> None:
    after = edit(document, {"op": "split_segment", "segment": 1, "at": 2}, last_id=41)
    assert [segment.id for segment in after.segments] == [1, 42, 2]


def test_a_segment_never_grows_beyond_what_can_be_edited(document: Transcript) -> None:
    long = "x" * (LONGEST_TEXT - 1)
    with pytest.raises(EditRefused) as refused:
        edit(
            document,
            {"op": "edit_text", "segment": 2, "text": long},
            {"op": "merge_segments", "segment": 1, "next": 2},
        )
    assert (refused.value.code, refused.value.detail["operation"]) == ("SEGMENT_TOO_LONG", 1)


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ({"op": "delete_segment", "segment": 9}, "SEGMENT_NOT_FOUND"),
        ({"op": "set_speaker", "segment": 1, "speaker": "S9"}, "SPEAKER_NOT_FOUND"),
        ({"op": "merge_speakers", "speaker": "S1", "into": "S9"}, "SPEAKER_NOT_FOUND"),
        ({"op": "add_speaker", "speaker": "S1", "name": "Ada"}, "SPEAKER_EXISTS"),
        ({"op": "merge_segments", "segment": 2, "next": 1}, "SEGMENTS_NOT_ADJACENT"),
        ({"op": "merge_segments", "segment": 1, "next": 1}, "SEGMENTS_NOT_ADJACENT"),
        ({"op": "split_segment", "segment": 1, "at": 4}, "SPLIT_IMPOSSIBLE"),
        ({"op": "split_segment", "segment": 2, "at": 1}, "SPLIT_IMPOSSIBLE"),
    ],
)
def test_what_cannot_be_done_is_refused(
    document: Transcript, operation: dict[str, Any], expected: str
) -> None:
    with pytest.raises(EditRefused) as refused:
        edit(document, operation)
    assert refused.value.code == expected
