"""RTTM and STM are read as the field writes them, and what is wrong is named with its line."""

from pathlib import Path

import pytest

from scribe.evaluation.annotations import read_rttm, read_stm
from scribe.evaluation.errors import RecordingNotInReference, ReferenceUnreadable
from scribe.evaluation.reference import SpeakerTurn, Utterance

RTTM = """\
;; made by hand
SPKR-INFO talk 1 <NA> <NA> <NA> unknown anna <NA> <NA>
SPEAKER talk 1 6.50 0.50 <NA> <NA> ben <NA> <NA>

SPEAKER talk 1 0.00 4.25 <NA> <NA> anna <NA> <NA>
"""
STM = """\
;; made by hand
talk 1 ben 2.0 3.5 <o,f0,male> hello there
talk 1 anna 0.0 2.0 good morning everyone
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "reference"
    path.write_text(text, encoding="utf-8")
    return path


def test_rttm_gives_turns_in_order(tmp_path: Path) -> None:
    assert read_rttm(written(tmp_path, RTTM), "talk") == (
        SpeakerTurn(start=0, end=4.25, speaker="anna"),
        SpeakerTurn(start=6.5, end=7, speaker="ben"),
    )


def test_stm_gives_utterances_in_order_without_their_labels(tmp_path: Path) -> None:
    assert read_stm(written(tmp_path, STM), "talk") == (
        Utterance(start=0, end=2, speaker="anna", text="good morning everyone"),
        Utterance(start=2, end=3.5, speaker="ben", text="hello there"),
    )


def test_stm_lines_without_words_and_of_reserved_speakers_are_passed_over(tmp_path: Path) -> None:
    more = (
        "talk 1 carl 4.0 5.0\n"
        "talk 1 carl 5.0 6.0 <o,f0,male>\n"
        "talk 1 inter_segment_gap 6.0 7.0 <o,,>\n"
        "talk 1 INTER_SEGMENT_GAP 6.0 7.0 noise\n"
        "talk 1 excluded_region 7.0 8.0 <o,,> IGNORE_TIME_SEGMENT_IN_SCORING\n"
    )
    assert [one.speaker for one in read_stm(written(tmp_path, STM + more), "talk")] == ["anna", "ben"]


def test_a_file_about_one_recording_serves_whatever_its_name(tmp_path: Path) -> None:
    assert len(read_rttm(written(tmp_path, RTTM), "other")) == 2


def test_of_several_recordings_the_named_one_is_read(tmp_path: Path) -> None:
    both = written(tmp_path, RTTM + "SPEAKER other 1 1.0 1.0 <NA> <NA> carl <NA> <NA>\n")
    assert [turn.speaker for turn in read_rttm(both, "other")] == ["carl"]
    with pytest.raises(RecordingNotInReference, match="other, talk"):
        read_rttm(both, "third")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("SPEAKER talk 1 0.0", "line 1: has 4 fields"),
        ("\n\nSPEAKER talk 1 zero 1 <NA> <NA> anna <NA> <NA>", "line 3: could not convert"),
        ("SPEAKER talk 1 nan 1 <NA> <NA> anna <NA> <NA>", "line 1: "),
        ("SPEAKER talk 1 1 -2 <NA> <NA> anna <NA> <NA>", "line 1: "),
        (";; nothing", "holds no line"),
    ],
)
def test_a_broken_rttm_is_refused_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ReferenceUnreadable, match=complaint):
        read_rttm(written(tmp_path, text), "talk")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("talk 1 anna 0.0", "line 1: has 4 fields"),
        ("talk 1 anna 2.0 1.0 hello", "before it starts"),
        (STM + "talk 1 anna 4 5 so { um / uh / @ } yes", "line 4: offers alternatives"),
        ("talk 1 anna 0 1", "holds no line"),
        ("talk 1 x 0 1 IGNORE_TIME_SEGMENT_IN_SCORING", "not supported"),
    ],
)
def test_a_broken_stm_is_refused_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ReferenceUnreadable, match=complaint):
        read_stm(written(tmp_path, text), "talk")


def test_what_is_no_text_or_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reference"
    with pytest.raises(ReferenceUnreadable, match="No such file"):
        read_stm(path, "talk")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReferenceUnreadable, match="UTF-8"):
        read_stm(path, "talk")
